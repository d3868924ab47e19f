/** What the map is told to show: plain values, no records of the node. */
import type { Geometry, Position } from "geojson";

export type Arena = "air" | "sea" | "spectrum";
/** Whose: of this node's party, of a peer, or of nobody who signed. */
export type Side = "own" | "peer" | "third";
export type Status = "planned" | "active" | "unconfirmed" | "ended";

/** One volume of an activity. from_s, to_s: null is "since before" and "until further notice". */
export interface MapShape {
  readonly id: string;
  readonly party: string;
  readonly ours: boolean;
  readonly third?: boolean;
  readonly activity: string;
  readonly volume: string;
  readonly arena: Arena;
  readonly state: string;
  readonly status: Status;
  readonly geometry: Geometry | null;
  readonly path?: Geometry | undefined;
  readonly from_s: number | null;
  readonly to_s: number | null;
  readonly label: string;
  readonly badge?: string;
}

export interface MapConflict {
  readonly id: string;
  readonly geometry: Geometry;
  readonly from_s: number | null;
  readonly to_s: number | null;
  readonly label?: string;
}

/** Something at one place at a time: at each point at its time; one point stays where it is. */
export interface MapMover {
  readonly id: string;
  readonly party: string;
  readonly ours: boolean;
  readonly third?: boolean;
  readonly arena: Arena;
  readonly label: string;
  readonly points: readonly Position[];
  readonly times_s: readonly number[];
  readonly from_s: number | null;
  readonly to_s: number | null;
  /** Not heard for long: shown fading. */
  readonly old?: boolean;
}

/** What is not declared: shown whatever the time. */
export interface MapSketch {
  readonly id: string;
  readonly label: string;
  readonly tone: "draft" | "before" | "option";
  readonly geometry: Geometry | null;
}

export interface Place {
  readonly lon_deg: number;
  readonly lat_deg: number;
}

export interface Picked {
  readonly kind: "shape" | "conflict" | "mover";
  readonly id: string;
}

export type Bounds = readonly [west: number, south: number, east: number, north: number];

export function sideOf(of: { readonly ours: boolean; readonly third?: boolean }): Side {
  if (of.third) return "third";
  return of.ours ? "own" : "peer";
}

/** How an activity's state is drawn; doubt: what the declaration says is not sure. */
export function statusOf(state: string, doubt = ""): Status {
  if (state === "Ended" || state === "Withdrawn") return "ended";
  if (doubt) return "unconfirmed";
  return state === "Accepted" ? "planned" : "active";
}
