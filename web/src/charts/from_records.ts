/** What the node holds, as items of the charts. */
import { keyOf, type Activity, type Held, type Met, type Side, type Volume } from "../kernel/records.ts";
import type { Bounds, ChartConflict, ChartItem } from "./item.ts";

export type Vertical = "height" | "frequency" | "none";

/** The id of a volume's item. */
export function itemId(side: Pick<Side, "party" | "activity" | "volume">): string {
  return keyOf(side.party, side.activity, side.volume);
}

export function itemsOf(
  held: readonly Held[],
  vertical: Vertical,
  party: string,
  conflicts: readonly Met[] = [],
): ChartItem[] {
  const meeting = new Set(conflicts.flatMap(({ a, b }) => [itemId(a), itemId(b)]));
  return held.flatMap(({ activity }) =>
    activity.volumes
      .filter((volume) => shownOn(volume, vertical))
      .map((volume) => itemOf(activity, volume, vertical, party, meeting)),
  );
}

function shownOn({ arena, low_hz }: Volume, vertical: Vertical): boolean {
  if (vertical === "height") return arena !== "spectrum";
  return vertical === "none" || (arena === "spectrum" && low_hz != null);
}

function itemOf(
  activity: Activity,
  volume: Volume,
  vertical: Vertical,
  party: string,
  meeting: ReadonlySet<string>,
): ChartItem {
  const id = itemId({ party: activity.party, activity: activity.id, volume: volume.id });
  return {
    id,
    party: activity.party,
    ours: activity.party === party,
    activity: activity.id,
    volume: volume.id,
    arena: volume.arena,
    label: activity.title || activity.id,
    status: activity.state ?? "Accepted",
    from_s: volume.start_s,
    to_s: volume.end_s,
    ...band(volume, vertical),
    role: volume.role ?? undefined,
    conflict: meeting.has(id),
  };
}

function band(volume: Volume, vertical: Vertical): Pick<ChartItem, "low" | "high" | "datum" | "datum_high"> {
  if (vertical === "none") return { low: null, high: null };
  if (vertical === "frequency") return { low: volume.low_hz ?? null, high: volume.high_hz ?? null };
  return {
    low: volume.lower_m,
    high: volume.upper_m,
    datum: volume.lower_datum,
    datum_high: volume.upper_datum,
  };
}

/** Conflicts between two items of a chart, each where the two meet, or between them. */
export function conflictsOf(met: readonly Met[], items: readonly ChartItem[]): ChartConflict[] {
  const known = new Map(items.map((item) => [item.id, item]));
  return met.flatMap((one) => {
    const a = known.get(itemId(one.a));
    const b = known.get(itemId(one.b));
    if (!a || !b) return [];
    const where = meetingOf(a, b);
    const time = one.from_s != null || one.to_s != null;
    const from_s = time ? (one.from_s ?? null) : where.from_s;
    const to_s = time ? (one.to_s ?? null) : where.to_s;
    const marked = { from_s, to_s, id: one.id, items: [a.id, b.id], label: one.rule };
    if (!apartInBand(a, b)) return [{ ...where, ...marked }];
    return [a, b].map(({ low, high }) => ({ low, high, ...marked }));
  });
}

/** Two radios may trouble each other over gigahertz: then each band is marked, and not what lies between. */
function apartInBand(a: ChartItem, b: ChartItem): boolean {
  if (a.role === undefined || b.role === undefined) return false;
  return (a.low ?? -Infinity) > (b.high ?? Infinity) || (b.low ?? -Infinity) > (a.high ?? Infinity);
}

/** What two share on each axis; where they share nothing, the gap between them. */
export function meetingOf(a: Bounds, b: Bounds): Bounds {
  const [from_s, to_s] = common([a.from_s, a.to_s], [b.from_s, b.to_s]);
  const [low, high] = common([a.low, a.high], [b.low, b.high]);
  return { from_s, to_s, low, high };
}

type Span = readonly [number | null, number | null];

function common(a: Span, b: Span): Span {
  const low = Math.max(a[0] ?? -Infinity, b[0] ?? -Infinity);
  const high = Math.min(a[1] ?? Infinity, b[1] ?? Infinity);
  const [least, most] = low <= high ? [low, high] : [high, low];
  return [Number.isFinite(least) ? least : null, Number.isFinite(most) ? most : null];
}
