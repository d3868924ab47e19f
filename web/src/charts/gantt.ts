/** Rows of the Gantt chart: parties, and under each its activities. */
import { merged } from "./clip.ts";
import type { ChartItem, TimeRange } from "./item.ts";

export interface Row {
  party: string;
  ours: boolean;
  third: boolean;
  /** Empty: the heading of a party. */
  activity: string;
  label: string;
  items: readonly ChartItem[];
}

const LONG_AGO = Number.NEGATIVE_INFINITY;

/** Ours first, then the others by name; activities by their start, then by name. */
export function rowsOf(items: readonly ChartItem[]): Row[] {
  const parties = new Map<string, Map<string, ChartItem[]>>();
  for (const item of items) {
    const activities = parties.get(item.party) ?? new Map<string, ChartItem[]>();
    parties.set(item.party, activities);
    const own = activities.get(item.activity);
    if (own) own.push(item);
    else activities.set(item.activity, [item]);
  }
  const groups = [...parties].map(([party, activities]) => {
    const rows = [...activities].map(([activity, own]) => row(party, activity, own));
    rows.sort((a, b) => start(a) - start(b) || compare(a.activity, b.activity));
    const { ours = false, third = false } = rows[0] ?? {};
    return { party, ours, third, activity: "", label: party, items: [], rows };
  });
  groups.sort((a, b) => Number(b.ours) - Number(a.ours) || compare(a.party, b.party));
  return groups.flatMap(({ rows, ...heading }) => [heading, ...rows]);
}

function row(party: string, activity: string, items: ChartItem[]): Row {
  const first = items[0];
  return {
    party,
    ours: first?.ours ?? false,
    third: first?.third ?? false,
    activity,
    label: first?.label || activity,
    items,
  };
}

function start({ items }: Row): number {
  return items.reduce(
    (least, item) => Math.min(least, item.from_s ?? LONG_AGO),
    Number.POSITIVE_INFINITY,
  );
}

function compare(a: string, b: string): number {
  return a < b ? -1 : Number(a > b);
}

/** What of a row's time is seen, its volumes put together. */
export function bars(items: readonly ChartItem[], range: TimeRange): [number, number][] {
  return merged(
    items
      .map((item): [number, number] => [
        Math.max(item.from_s ?? range.from_s, range.from_s),
        Math.min(item.to_s ?? range.to_s, range.to_s),
      ])
      .filter(([from, to]) => from < to),
  );
}

/** First row shown so that a row is seen; rows that fit: `seen`. */
export function scrolledTo(first: number, row: number, seen: number, rows: number): number {
  const most = Math.max(0, rows - seen);
  if (row < first) return Math.max(0, row);
  return Math.min(row >= first + seen ? row - seen + 1 : first, most);
}

const MOST_LANES = 4;
const MARGIN = 0.14;

/** Where each item lies among the rows; volumes of a row that overlap in time share its height. */
export function lanesOf(rows: readonly Row[]): Map<string, { low: number; high: number }> {
  const out = new Map<string, { low: number; high: number }>();
  rows.forEach(({ items }, row) => {
    const ends: number[] = [];
    const lanes = [...items]
      .sort((a, b) => (a.from_s ?? LONG_AGO) - (b.from_s ?? LONG_AGO))
      .map((item) => {
        const free = ends.findIndex((end) => end <= (item.from_s ?? LONG_AGO));
        const lane = free >= 0 ? free : Math.min(ends.length, MOST_LANES - 1);
        ends[lane] = Math.max(ends[lane] ?? LONG_AGO, item.to_s ?? Number.POSITIVE_INFINITY);
        return { item, lane };
      });
    const high = (1 - 2 * MARGIN) / Math.max(ends.length, 1);
    for (const { item, lane } of lanes) {
      const low = row + MARGIN + lane * high;
      out.set(item.id, { low, high: low + high });
    }
  });
  return out;
}
