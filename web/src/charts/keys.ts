/** Keys on a chart or the time bar, told as what they mean. */
import type { TimeRange } from "./item.ts";
import { keyStep_s, panned, zoomed } from "./range.ts";

export type Meaning =
  | { cursor_s: number }
  | { range: TimeRange }
  | { select: 1 | -1 }
  | { shift: { axis: "x" | "y"; by: 1 | -1 } };

interface Key {
  key: string;
  shiftKey: boolean;
  altKey: boolean;
  ctrlKey: boolean;
  metaKey: boolean;
}

const LARGE = 10;

/** Arrows: the cursor and the selection; with Alt the item that is edited; + and - zoom. */
export function movesOf(key: Key, range: TimeRange, cursor_s: number): Meaning | null {
  if (key.ctrlKey || key.metaKey) return null;
  const way = key.key === "ArrowLeft" || key.key === "ArrowDown" ? -1 : 1;
  switch (key.key) {
    case "ArrowLeft":
    case "ArrowRight":
      if (key.altKey) return { shift: { axis: "x", by: way } };
      return { cursor_s: stepped(cursor_s, keyStep_s(range) * (key.shiftKey ? LARGE : 1), way) };
    case "ArrowUp":
    case "ArrowDown":
      if (key.altKey) return { shift: { axis: "y", by: way } };
      return { select: way > 0 ? -1 : 1 };
    case "Home":
      return { cursor_s: range.from_s };
    case "End":
      return { cursor_s: range.to_s };
    case "PageUp":
      return { range: panned(range, (range.from_s - range.to_s) / 2) };
    case "PageDown":
      return { range: panned(range, (range.to_s - range.from_s) / 2) };
    case "+":
    case "=":
      return { range: zoomed(range, cursor_s, 0.5) };
    case "-":
      return { range: zoomed(range, cursor_s, 2) };
    default:
      return null;
  }
}

/** On to the next whole step, so that the cursor stands at round times. */
function stepped(at_s: number, step: number, way: 1 | -1): number {
  const places = at_s / step;
  return (way > 0 ? Math.floor(places) + 1 : Math.ceil(places) - 1) * step;
}
