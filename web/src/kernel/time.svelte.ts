/** The time bar's state, shared by map and charts. */
import { clock } from "./clock.svelte.ts";

const HOUR_S = 3600;
let live = $state(true);
let cursor_s = $state(clock.now_s);
let from_s = $state(clock.now_s - 2 * HOUR_S);
let to_s = $state(clock.now_s + 10 * HOUR_S);

export const timebar = {
  get cursor_s(): number {
    return live ? clock.now_s : cursor_s;
  },
  set cursor_s(at_s: number) {
    live = false;
    cursor_s = at_s;
  },
  get from_s(): number {
    return from_s;
  },
  get to_s(): number {
    return to_s;
  },
  get live(): boolean {
    return live;
  },
  set live(on: boolean) {
    if (!on) cursor_s = clock.now_s;
    live = on;
  },
  show(from: number, to: number): void {
    from_s = from;
    to_s = to;
  },
};
