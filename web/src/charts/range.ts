/** Time windows moved and stretched. */
import type { TimeRange } from "./item.ts";

const LEAST_S = 60;
const MOST_S = 10 * 366 * 86_400;

/** The window stretched by a factor around an instant that stays where it is. */
export function zoomed(range: TimeRange, at_s: number, factor: number): TimeRange {
  const width_s = range.to_s - range.from_s;
  const wanted_s = Math.min(Math.max(width_s * factor, LEAST_S), MOST_S);
  const share = (at_s - range.from_s) / width_s;
  const from_s = Math.round(at_s - share * wanted_s);
  return { from_s, to_s: Math.round(from_s + wanted_s) };
}

export function panned(range: TimeRange, by_s: number): TimeRange {
  const shift_s = Math.round(by_s);
  return { from_s: range.from_s + shift_s, to_s: range.to_s + shift_s };
}

/** The window moved just so far that an instant lies within its middle part. */
export function showing(range: TimeRange, at_s: number, margin = 0.1): TimeRange {
  const room_s = (range.to_s - range.from_s) * margin;
  if (at_s < range.from_s + room_s) return panned(range, at_s - range.from_s - room_s);
  if (at_s > range.to_s - room_s) return panned(range, at_s - range.to_s + room_s);
  return range;
}

/** The window moved in steps of a quarter, so that now stays in its first three quarters. */
export function following(range: TimeRange, now_s: number): TimeRange {
  const width_s = range.to_s - range.from_s;
  if (now_s >= range.from_s && now_s <= range.from_s + 0.75 * width_s) return range;
  return panned(range, now_s - 0.25 * width_s - range.from_s);
}

/** What the time bar shows around a window: kept while the window fills a fair part of it. */
export function around(view: TimeRange, range: TimeRange): TimeRange {
  const width_s = range.to_s - range.from_s;
  const share = width_s / (view.to_s - view.from_s);
  const inside = view.from_s <= range.from_s && range.to_s <= view.to_s;
  if (inside && share >= 0.2 && share <= 0.9) return view;
  return { from_s: range.from_s - 0.4 * width_s, to_s: range.to_s + 0.4 * width_s };
}

/** One end put elsewhere; the window never turns over. */
export function ended(range: TimeRange, end: "from" | "to", at_s: number): TimeRange {
  const rounded_s = Math.round(at_s);
  return end === "from"
    ? { from_s: Math.min(rounded_s, range.to_s - LEAST_S), to_s: range.to_s }
    : { from_s: range.from_s, to_s: Math.max(rounded_s, range.from_s + LEAST_S) };
}

const KEY_STEPS_S = [1, 5, 10, 30, 60, 300, 600, 1800, 3600, 7200, 21_600, 86_400, 604_800];

/** The step of the cursor keys: about a hundredth of the window. */
export function keyStep_s(range: TimeRange): number {
  const wanted_s = (range.to_s - range.from_s) / 150;
  return KEY_STEPS_S.find((one) => one >= wanted_s) ?? 2_592_000;
}
