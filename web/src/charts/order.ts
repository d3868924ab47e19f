/** The order in which the arrow keys go through items: by time, then height, then name. */
import type { ChartItem } from "./item.ts";

const OPEN = Number.NEGATIVE_INFINITY;

export function inOrder(items: readonly ChartItem[]): ChartItem[] {
  return [...items].sort(
    (a, b) =>
      (a.from_s ?? OPEN) - (b.from_s ?? OPEN) ||
      (a.low ?? OPEN) - (b.low ?? OPEN) ||
      (a.id < b.id ? -1 : Number(a.id > b.id)) ||
      0,
  );
}

/** The item so many places on from the selected one; from nothing: the first, or the last. */
export function nextOf(
  items: readonly ChartItem[],
  selected: string | null,
  by: 1 | -1,
): string | null {
  const place = items.findIndex(({ id }) => id === selected);
  if (place < 0) return (by > 0 ? items[0] : items.at(-1))?.id ?? null;
  return items[Math.min(Math.max(place + by, 0), items.length - 1)]?.id ?? null;
}
