/** Conflicts as marks on the time bar, those that would touch put together. */
import type { Bounds, ChartConflict, TimeRange } from "./item.ts";

export interface Mark {
  x0: number;
  x1: number;
  /** Where a click goes: the first instant, or what of it is seen. */
  at_s: number;
  ids: readonly string[];
}

const LEAST_PX = 7;
const APART_PX = 3;

export function marksOf(
  conflicts: readonly ChartConflict[],
  view: TimeRange,
  width: number,
): Mark[] {
  const scale = width / (view.to_s - view.from_s);
  const seen = conflicts
    .filter((one) => (one.to_s ?? Infinity) > view.from_s && (one.from_s ?? -Infinity) < view.to_s)
    .map((one) => {
      const at_s = Math.max(one.from_s ?? view.from_s, view.from_s);
      const to_s = Math.min(one.to_s ?? view.to_s, view.to_s);
      const x0 = (at_s - view.from_s) * scale;
      return { x0, x1: Math.max((to_s - view.from_s) * scale, x0 + LEAST_PX), at_s, ids: [one.id] };
    })
    .sort((a, b) => a.x0 - b.x0);
  const out: (Mark & { ids: string[] })[] = [];
  for (const mark of seen) {
    const last = out.at(-1);
    if (last && mark.x0 < last.x1 + APART_PX) {
      last.x1 = Math.max(last.x1, mark.x1);
      last.ids.push(...mark.ids);
    } else {
      out.push(mark);
    }
  }
  return out;
}

/** Where the next conflict begins, after an instant or before it; null: none. */
export function nextStart(
  conflicts: readonly Bounds[],
  at_s: number,
  way: 1 | -1,
): number | null {
  let best: number | null = null;
  for (const { from_s } of conflicts) {
    if (from_s === null || (from_s - at_s) * way <= 0) continue;
    if (best === null || (best - from_s) * way > 0) best = from_s;
  }
  return best;
}
