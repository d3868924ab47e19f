/** An item's bounds while they are dragged. */
import type { Bounds } from "./item.ts";
import type { Grip } from "./hit.ts";

type Span = readonly [number | null, number | null];

/** A span moved or stretched by so much, on steps; an open bound stays open. */
export function dragged([low, high]: Span, grip: Grip, by: number, step: number): Span {
  const put = (bound: number | null) => (bound === null ? null : onStep(bound + by, step));
  if (grip === "start") return [low === null ? null : capped(put(low), high, -step), high];
  if (grip === "end") return [low, high === null ? null : floored(put(high), low, step)];
  if (low === null || high === null) return [put(low), put(high)];
  const moved = onStep(low + by, step);
  return [moved, high + (moved - low)];
}

export function draggedItem(
  item: Bounds,
  axis: "x" | "y",
  grip: Grip,
  by: number,
  step: number,
): Bounds {
  if (axis === "x") {
    const [from_s, to_s] = dragged([item.from_s, item.to_s], grip, by, step);
    return { from_s, to_s, low: item.low, high: item.high };
  }
  const [low, high] = dragged([item.low, item.high], grip, by, step);
  return { from_s: item.from_s, to_s: item.to_s, low, high };
}

function onStep(value: number, step: number): number {
  return Number((Math.round(value / step) * step).toPrecision(14));
}

function capped(value: number | null, high: number | null, less: number): number | null {
  return value === null || high === null ? value : Math.min(value, high + less);
}

function floored(value: number | null, low: number | null, more: number): number | null {
  return value === null || low === null ? value : Math.max(value, low + more);
}
