/** Where a time axis is marked. */
import { dayOf, timeOf } from "./moments.ts";

const DAY_S = 86_400;
const STEPS_S = [
  1, 5, 10, 15, 30, 60, 120, 300, 600, 900, 1800, 3600, 7200, 10_800, 21_600, 43_200, DAY_S,
  2 * DAY_S, 7 * DAY_S,
];
const MONTH_STEPS = [1, 3, 6, 12, 24, 60, 120];
const MONTH_S = 30.4 * DAY_S;

export interface TimeTick {
  at_s: number;
  /** 12:00, 12:00:30; at midnight the date. */
  label: string;
  midnight: boolean;
}

/** Marks within [from, to] at round Zulu times, no closer than so many pixels on average. */
export function timeTicks(
  from_s: number,
  to_s: number,
  width_px: number,
  apart_px = 72,
): TimeTick[] {
  if (!(to_s > from_s) || !(width_px > 0)) return [];
  const least_s = ((to_s - from_s) * apart_px) / width_px;
  const step = STEPS_S.find((one) => one >= least_s);
  const instants = step ? even(from_s, to_s, step) : months(from_s, to_s, least_s);
  return instants.map((at_s) => {
    const midnight = at_s % DAY_S === 0;
    return { at_s, midnight, label: midnight ? dayOf(at_s) : timeOf(at_s, (step ?? 60) < 60) };
  });
}

function even(from_s: number, to_s: number, step: number): number[] {
  const out: number[] = [];
  for (let at_s = Math.ceil(from_s / step) * step; at_s <= to_s; at_s += step) out.push(at_s);
  return out;
}

function months(from_s: number, to_s: number, least_s: number): number[] {
  const step = MONTH_STEPS.find((one) => one * MONTH_S >= least_s) ?? 1200;
  const first = new Date(from_s * 1000);
  const start = first.getUTCFullYear() * 12 + first.getUTCMonth();
  const out: number[] = [];
  for (let month = Math.ceil(start / step) * step; ; month += step) {
    const at_s = Date.UTC(Math.floor(month / 12), month % 12) / 1000;
    if (!(at_s <= to_s)) return out;
    if (at_s >= from_s) out.push(at_s);
  }
}
