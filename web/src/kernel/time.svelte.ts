/** The time bar's state, shared by map and charts: what time is shown, and around it how much. */
import { clock } from "./clock.svelte.ts";

export const SPEEDS = [1, 10, 60, 600] as const;
export type Speed = (typeof SPEEDS)[number];

const HOUR_S = 3600;
let live = $state(true);
let playing = $state(false);
let speed: Speed = $state(60);
let cursor_s = $state(clock.now_s);
let from_s = $state(clock.now_s - 2 * HOUR_S);
let to_s = $state(clock.now_s + 10 * HOUR_S);

export const timebar = {
  /** The instant that is shown; setting it leaves LIVE. */
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
  /** The window of the charts, as one value to bind. */
  get window(): { from_s: number; to_s: number } {
    return { from_s, to_s };
  },
  set window(window: { from_s: number; to_s: number }) {
    from_s = window.from_s;
    to_s = window.to_s;
  },
  show(from: number, to: number): void {
    from_s = from;
    to_s = to;
  },
  /** The cursor is now, and stays so. */
  get live(): boolean {
    return live;
  },
  set live(on: boolean) {
    if (!on) cursor_s = clock.now_s;
    else playing = false;
    live = on;
  },
  get playing(): boolean {
    return playing;
  },
  set playing(on: boolean) {
    if (on && live) this.live = false;
    playing = on;
  },
  /** Seconds shown in a second of the clock. */
  get speed(): Speed {
    return speed;
  },
  set speed(wanted: Speed) {
    speed = wanted;
  },
};
