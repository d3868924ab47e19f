/** Pointer and wheel on a plot, told as what a person means. */

export interface Point {
  x: number;
  y: number;
}

export interface Meanings {
  /** A press begins: what it takes hold of; null: the time cursor. */
  take(at: Point): ((at: Point) => void) | null;
  scrub(at: Point): void;
  press(at: Point): void;
  /** Let go after a drag of what was taken; `kept` false: given up. */
  drop(kept: boolean): void;
  hover(at: Point | null): void;
  zoom(at: Point, factor: number): void;
  pan(by_px: number): void;
  /** Returns whether rows scrolled; else the wheel zooms. */
  scroll(by_px: number): boolean;
  whole(): void;
}

const STILL_PX = 3;

/** Listen to an element; returns what ends it. */
export function followGestures(element: HTMLElement, mean: Meanings): () => void {
  const ending = new AbortController();
  const listen = <K extends keyof HTMLElementEventMap>(
    type: K,
    heard: (event: HTMLElementEventMap[K]) => void,
  ) => element.addEventListener(type, heard, { signal: ending.signal, passive: false });
  let start: Point | null = null;
  let moved = false;
  let move: ((at: Point) => void) | null = null;

  const at = (event: MouseEvent): Point => {
    const { left, top } = element.getBoundingClientRect();
    return { x: event.clientX - left, y: event.clientY - top };
  };
  const end = (kept: boolean) => {
    if (move) mean.drop(kept && moved);
    start = move = null;
  };
  listen("pointerdown", (event) => {
    if (event.button !== 0 || event.shiftKey) return;
    element.setPointerCapture(event.pointerId);
    start = at(event);
    moved = false;
    move = mean.take(start);
  });
  listen("pointermove", (event) => {
    const here = at(event);
    mean.hover(here);
    if (!start) return;
    moved ||= Math.hypot(here.x - start.x, here.y - start.y) > STILL_PX;
    if (!moved) return;
    if (move) move(here);
    else mean.scrub(here);
  });
  listen("pointerup", (event) => {
    if (start && !moved) mean.press(at(event));
    end(true);
  });
  listen("pointercancel", () => end(false));
  listen("pointerleave", () => mean.hover(null));
  listen("dblclick", () => mean.whole());
  listen("wheel", (event) => {
    event.preventDefault();
    const pixels = event.deltaMode === 1 ? 16 : 1;
    const [dx, dy] = [event.deltaX * pixels, event.deltaY * pixels];
    if (event.shiftKey || Math.abs(dx) > Math.abs(dy)) mean.pan(dx || dy);
    else if (event.ctrlKey || !mean.scroll(dy)) mean.zoom(at(event), 1.0025 ** dy);
  });
  document.addEventListener(
    "keydown",
    (event) => {
      if (event.key !== "Escape" || !start) return;
      event.stopPropagation();
      end(false);
    },
    { signal: ending.signal, capture: true },
  );
  return () => ending.abort();
}
