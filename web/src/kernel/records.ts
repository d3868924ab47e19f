/** What the node keeps, as its API shows it: names for the generated types, and keys. */
import { strictly } from "./api.ts";
import type {
  Delivery, Held, Matter as Kept, MatterStep, Rung, WireActivity, WireCircle, WireCorridor,
  WireEverywhere, WirePolygon, WireTrack, WireVolume,
} from "./types.ts";

export type {
  Alarm, Answer, Arena, Datum, Delivery, Disclosure, Held, Me, Met, Notice, Peer, Rung, Side,
  RecordsLead as Lead, State as ActivityState, UnitStep,
} from "./types.ts";
export type Activity = WireActivity;
export type Volume = WireVolume;
export type Point = [number, number];
export type Footprint = WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere;

export const RUNGS: readonly Rung[] = ["sent", "delivered", "read", "passed", "acknowledged"];

export interface Due {
  what: string;
  party: string;
  at_s: number;
  clause?: string;
}

/** What one party said; `type` names the body (peering/council). */
export interface Said {
  type: string;
  turn?: number;
  at_s?: number;
  role?: string;
  words?: string;
  [field: string]: unknown;
}

export interface Step extends Omit<MatterStep, "said" | "deliveries"> {
  said: Said;
  deliveries?: Delivery[];
}

/** A matter of the council with where it stands (council/shown.py). */
export interface Matter {
  ref: string;
  stand: {
    state: string;
    title?: string;
    is_open?: boolean;
    dues?: Due[];
    idle?: { turn: number; party: string; why: string }[];
    [field: string]: unknown;
  };
  matter: Omit<Kept, "steps"> & { steps: Step[] };
}

/** The key of a record: parts percent-encoded, joined by "/" (node/tables.py). */
export function keyOf(...parts: string[]): string {
  return parts.map(strictly).join("/");
}

/** The parts of a key; one that is no key of ours is taken as it is written. */
export function partsOf(key: string): string[] {
  try {
    return key.split("/").map(decodeURIComponent);
  } catch {
    return key.split("/");
  }
}

export const isOver = (held: Held): boolean =>
  held.activity.state === "Ended" || held.activity.state === "Withdrawn";
