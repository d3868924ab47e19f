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

/** What was picked, and what those who keep the choice made of it: they may know activities only. */
export interface Pick {
  id: string;
  kept: string | null;
}

/** The very volume that was picked, while its activity is the one that is chosen. */
export function chosenOf(
  items: readonly ChartItem[],
  selected: string | null,
  pick: Pick | null,
): string | null {
  if (selected === null || pick === null || pick.kept !== selected) return selected;
  const [picked, kept] = [pick.id, selected].map((id) => items.find((item) => item.id === id));
  const same = picked && kept && picked.party === kept.party && picked.activity === kept.activity;
  return same ? pick.id : selected;
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
