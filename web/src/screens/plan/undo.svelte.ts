/** Steps back and forward through what was typed; quick changes are one step. */
import { untrack } from "svelte";

const WAIT_MS = 600;
const MOST = 100;

export interface Undo {
  readonly back: boolean;
  readonly forward: boolean;
  /** Counts the states that the form went through. */
  readonly n: number;
  undo(): void;
  redo(): void;
}

/** Follow a value; call it while a component is made. */
export function undoing(read: () => string, write: (text: string) => void): Undo {
  let past: string[] = $state.raw([]);
  let ahead: string[] = $state.raw([]);
  let now = untrack(read);
  let n = $state(1);
  let moved = false;

  $effect(() => {
    const text = read();
    if (text === now) return;
    untrack(() => (n += 1));
    if (moved) {
      moved = false;
      now = text;
      return;
    }
    const timer = setTimeout(() => settle(text), WAIT_MS);
    return () => clearTimeout(timer);
  });

  function settle(text: string): void {
    if (text === now) return;
    past = [...past.slice(-MOST), now];
    ahead = [];
    now = text;
  }
  function step(from: "past" | "ahead"): void {
    settle(read());
    const text = from === "past" ? past.at(-1) : ahead.at(-1);
    if (text === undefined) return;
    if (from === "past") [past, ahead] = [past.slice(0, -1), [...ahead, now]];
    else [past, ahead] = [[...past, now], ahead.slice(0, -1)];
    moved = true;
    write(text);
  }
  return {
    get back() {
      return past.length > 0 || read() !== now;
    },
    get forward() {
      return ahead.length > 0;
    },
    get n() {
      return n;
    },
    undo: () => step("past"),
    redo: () => step("ahead"),
  };
}
