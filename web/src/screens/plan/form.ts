/** What a planner typed of an activity, as typed, and what it means where it can be read. */
import type { Activity, ActivityState, Arena, Datum, Disclosure, Footprint, Held, Point, Volume } from "../../kernel/records.ts";
import { zulu } from "../../kernel/zulu.ts";

export const HEAD = "plan/edit/";
export const tokenOf = (key: string): string => key.slice(HEAD.length);

/** A place as typed; at: what it was read as, null: not read yet, or not readable. */
export interface PlaceForm {
  text: string;
  at: Point | null;
  problem: string;
  /** Of a track: when it is there. */
  time: TimeForm | null;
}

export interface TimeForm {
  text: string;
  at_s: number | null;
}

export type Unit = "ft" | "m" | "FL" | "depth";

/** A limit in metres, whatever the unit it was typed in; open: there is none. */
export interface LimitForm {
  at_m: number | null;
  unit: Unit;
  datum: Datum;
  open: boolean;
}

export type ShapeName = "polygon" | "circle" | "corridor" | "track" | "kept";

export interface VolumeForm {
  id: string;
  arena: Arena;
  shape: ShapeName;
  places: PlaceForm[];
  /** Radius of a circle or track, half the width of a corridor. */
  size_m: number | null;
  /** A footprint that this form cannot show part by part: it is sent as it is. */
  kept: Footprint | null;
  lower: LimitForm;
  upper: LimitForm;
  start: TimeForm;
  end: TimeForm;
  endless: boolean;
  low_hz: number | null;
  high_hz: number | null;
  role: "emit" | "receive";
  eirp_dbm: number | null;
  /** What else the volume has: sent as it is. */
  more: Partial<Volume>;
}

export interface Form {
  /** The revision that is amended; 0: a new activity. */
  base: number;
  state: ActivityState;
  id: string;
  title: string;
  kind: string;
  contact: string;
  doubt: string;
  third_parties: string;
  checked_by: string;
  checked_how: string;
  checked_s: number | null;
  disclose: Disclosure;
  flex: { lateral_m: number | null; vertical_m: number | null; time_s: number | null; freq_hz: number | null };
  volumes: VolumeForm[];
  /** What else the activity has: sent as it is. */
  more: Partial<Activity>;
}

export const timeOf = (at_s: number | null): TimeForm => ({ text: at_s === null ? "" : zulu(at_s), at_s });

export function emptyPlace(): PlaceForm {
  return { text: "", at: null, problem: "", time: null };
}

export function emptyVolume(id: string, arena: Arena, start_s: number | null, end_s: number | null): VolumeForm {
  const sea = arena === "sea";
  return {
    id, arena, shape: "polygon",
    places: [emptyPlace(), emptyPlace(), emptyPlace()],
    size_m: null, kept: null,
    lower: { at_m: arena === "air" ? 0 : null, unit: sea ? "depth" : "ft", datum: "msl", open: arena === "spectrum" },
    upper: { at_m: sea ? 0 : null, unit: sea ? "depth" : "ft", datum: "msl", open: arena === "spectrum" },
    start: timeOf(start_s), end: timeOf(end_s), endless: false,
    low_hz: null, high_hz: null, role: "emit", eirp_dbm: null, more: {},
  };
}

export function emptyForm(id: string, now_s: number): Form {
  const start_s = Math.ceil((now_s + 24 * 3600) / 3600) * 3600;
  return {
    base: 0, state: "Accepted", id, title: "", kind: "", contact: "", doubt: "", third_parties: "",
    checked_by: "", checked_how: "", checked_s: null, disclose: "full",
    flex: { lateral_m: null, vertical_m: null, time_s: null, freq_hz: null },
    volumes: [emptyVolume("1", "air", start_s, start_s + 3600)], more: {},
  };
}

/** A name that nobody has used yet: party, day, hour and minute. */
export function freshId(party: string, now_s: number, taken: (id: string) => boolean): string {
  const stamp = zulu(now_s).replace(/[-: ]/g, "").slice(2, 12);
  const head = `${party.slice(0, 12).toUpperCase()}-${stamp}`;
  let id = head;
  for (let count = 2; taken(id); count += 1) id = `${head}-${count}`;
  return id;
}

export type { Held };
