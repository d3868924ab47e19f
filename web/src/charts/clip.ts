/** Open and half-open bounds, cut to what is seen. */
import type { Bounds, TimeRange } from "./item.ts";

export interface Seen {
  from: number;
  to: number;
  /** It goes on beyond, without an end. */
  open_from: boolean;
  open_to: boolean;
}

/** The part of [from, to) within [low, high); null where nothing of it is seen. */
export function clipped(
  from: number | null,
  to: number | null,
  low: number,
  high: number,
): Seen | null {
  const start = from ?? Number.NEGATIVE_INFINITY;
  const end = to ?? Number.POSITIVE_INFINITY;
  if (start >= high || end <= low) return null;
  return {
    from: Math.max(start, low),
    to: Math.min(end, high),
    open_from: from === null,
    open_to: to === null,
  };
}

/** Whether any of it is in the window. */
export function within(item: Bounds, range: TimeRange): boolean {
  return clipped(item.from_s, item.to_s, range.from_s, range.to_s) !== null;
}

/** Least and greatest finite bound of the items; null where there is none. */
export function extent(items: readonly Bounds[]): [number, number] | null {
  let low = Number.POSITIVE_INFINITY;
  let high = Number.NEGATIVE_INFINITY;
  for (const { low: lower, high: upper } of items) {
    for (const bound of [lower, upper]) {
      if (bound === null || !Number.isFinite(bound)) continue;
      if (bound < low) low = bound;
      if (bound > high) high = bound;
    }
  }
  return low <= high ? [low, high] : null;
}

/** Intervals put together where they touch or overlap, in order. */
export function merged(intervals: readonly (readonly [number, number])[]): [number, number][] {
  const out: [number, number][] = [];
  for (const [from, to] of [...intervals].sort((a, b) => a[0] - b[0])) {
    const last = out.at(-1);
    if (last && from <= last[1]) last[1] = Math.max(last[1], to);
    else out.push([from, to]);
  }
  return out;
}
