/** What the charts draw: one item a volume, bounds null where open. */

export type Datum = "msl" | "ground" | "pressure" | "ellipsoid";
export type Role = "emit" | "receive" | "guard";

export interface TimeRange {
  from_s: number;
  to_s: number;
}

/** Bounds of a volume on a chart: metres, or hertz; null: open. */
export interface Bounds {
  from_s: number | null;
  to_s: number | null;
  low: number | null;
  high: number | null;
}

export interface ChartItem extends Bounds {
  id: string;
  party: string;
  ours: boolean;
  /** Neither ours nor a peer's: of a party outside the agreement. */
  third?: boolean | undefined;
  activity: string;
  volume: string;
  arena: string;
  label: string;
  status: string;
  datum?: Datum | undefined;
  /** Where the upper bound has another datum than the lower. */
  datum_high?: Datum | undefined;
  role?: Role | undefined;
  conflict?: boolean | undefined;
  selected?: boolean | undefined;
}

/** A conflict as a rectangle; items: ids of the two that meet. */
export interface ChartConflict extends Bounds {
  id: string;
  items: readonly string[];
  label?: string | undefined;
  selected?: boolean | undefined;
}

/** A name for a stretch of the vertical axis. */
export interface NamedBand {
  low: number;
  high: number;
  name: string;
  /** 0: the outer strip (ITU bands), 1: within it (services). */
  lane: 0 | 1;
}

/** A mark on a vertical axis. */
export interface Tick {
  at: number;
  label: string;
}
