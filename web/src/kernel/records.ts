/** What the node keeps, as its API shows it (node/records.py). Times are seconds UTC. */

export type Arena = "air" | "sea" | "spectrum";
export type Datum = "ellipsoid" | "msl" | "pressure" | "ground";
export type Point = [number, number];
export type ActivityState =
  | "Accepted" | "Activated" | "Nonconforming" | "Contingent" | "Ended" | "Withdrawn";
export type Rung = "sent" | "delivered" | "read" | "passed" | "acknowledged";
export const RUNGS: readonly Rung[] = ["sent", "delivered", "read", "passed", "acknowledged"];

export type Footprint =
  | { type: "polygon"; parts: Point[][][] }
  | { type: "circle"; centre: Point; radius_m: number }
  | { type: "corridor"; points: Point[]; half_width_m: number }
  | { type: "track"; points: Point[]; times_s: number[]; radius_m: number }
  | { type: "everywhere" };

export interface Volume {
  id: string;
  arena: Arena;
  footprint: Footprint;
  lower_m: number | null;
  lower_datum: Datum;
  upper_m: number | null;
  upper_datum: Datum;
  start_s: number | null;
  end_s: number | null;
  low_hz?: number | null;
  high_hz?: number | null;
  role?: "emit" | "receive" | null;
  eirp_dbm?: number | null;
  criterion?: string;
  radio?: unknown;
}

export interface Activity {
  party: string;
  id: string;
  volumes: Volume[];
  title?: string;
  kind?: string;
  priority?: number;
  disclose?: "full" | "extent" | "private";
  revision?: number;
  state?: ActivityState;
  flex?: { lateral_m?: number; vertical_m?: number; time_s?: number; freq_hz?: number } | null;
  equipage?: string;
  linked?: string;
}

export interface Held {
  activity: Activity;
  declared_s: number;
  changed_s: number;
  contact: string;
  doubt?: string;
  third_parties?: string;
  checked?: { by: string; at_s: number; how: string } | null;
  reason?: string;
  moved?: string;
  stale_s?: number | null;
  confirmed_s?: number | null;
}

export interface Side {
  party: string;
  activity: string;
  volume: string;
  revision: number;
}

export interface Met {
  id: string;
  a: Side;
  b: Side;
  rule: string;
  clause: string;
  lateral_m: number | null;
  vertical_m: number | null;
  time_s: number | null;
  freq_hz?: number | null;
  from_s?: number | null;
  to_s?: number | null;
  why: string;
  lon_deg: number;
  lat_deg: number;
  notes?: string[];
  found_s: number;
  private?: boolean;
  ended_s?: number | null;
  ended_why?: string;
  budget?: Record<string, unknown> | null;
}

export interface Lead {
  start_s: number;
  given_s: number;
  owed_s?: number | null;
  clause?: string;
  late?: boolean;
  too_late?: boolean;
  measured?: boolean;
}

export interface UnitStep {
  unit: string;
  passed_s?: number | null;
  acknowledged_s?: number | null;
  by?: string;
}

export interface Notice {
  way: "out" | "in";
  peer: string;
  owner: string;
  activity: string;
  revision: number;
  state: ActivityState;
  message: string;
  sequence: number;
  index: number;
  sent_s: number;
  rung?: Rung;
  delivered_s?: number | null;
  receipted_s?: number | null;
  skew_s?: number | null;
  read_s?: number | null;
  read_by?: string;
  units?: UnitStep[];
  effective_s?: number | null;
  lead?: Lead | null;
  moved?: string;
  read_back?: string;
  differences?: string[];
  accepted?: boolean;
  problems?: string[];
  overdue?: Rung[];
  escalated?: number;
  superseded?: boolean;
  recalled?: string;
  unread_since_s?: number | null;
  cautions?: string[];
}

export interface Alarm {
  id: string;
  kind: string;
  subject: string;
  text: string;
  raised_s: number;
  roles?: string[];
  cleared_s?: number | null;
  cleared_why?: string;
}

export interface Peer {
  party: string;
  url: string;
  statement_number?: number;
  out_sequence?: number;
  receipted?: number;
  in_sequence?: number;
  suspended_by_us?: string;
  suspended_by_them?: string;
  suspended_s?: number | null;
  last_heard_s?: number | null;
  last_sent_s?: number | null;
  down_since_s?: number | null;
  down_reason?: string;
  skew_s?: number | null;
  compared_s?: number | null;
  compared_same?: boolean | null;
  in_force_differences?: string[];
  fraud?: string;
}

export interface Delivery {
  peer: string;
  message: string;
  index: number;
  delivered_s?: number | null;
  received_s?: number | null;
  problems?: string[];
}

/** What one party said; `said.type` names the body (peering/council). */
export interface Said {
  type: string;
  turn?: number;
  at_s?: number;
  role?: string;
  words?: string;
  [field: string]: unknown;
}

export interface Step {
  party: string;
  said: Said;
  known_s: number;
  message?: string;
  index?: number;
  by?: string;
  deliveries?: Delivery[];
}

export interface Due {
  what: string;
  party: string;
  at_s: number;
  clause?: string;
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
  matter: {
    kind: string;
    opener: string;
    id: string;
    parties: string[];
    opened_s: number;
    steps: Step[];
    raised?: string[];
    dismissed?: string[];
  };
}

/** What a command answers (node/answers.py). */
export interface Answer {
  activity?: Held | null;
  conflicts?: Met[];
  notices?: Notice[];
  advice?: string[];
  broken?: unknown[];
  [field: string]: unknown;
}

/** The key of a record: parts percent-encoded, joined by "/" (node/tables.py). */
export function keyOf(...parts: string[]): string {
  return parts
    .map((part) =>
      encodeURIComponent(part).replace(
        /[!'()*]/g,
        (letter) => `%${letter.charCodeAt(0).toString(16).toUpperCase()}`,
      ),
    )
    .join("/");
}

export function partsOf(key: string): string[] {
  return key.split("/").map(decodeURIComponent);
}

export const isOver = (held: Held): boolean =>
  held.activity.state === "Ended" || held.activity.state === "Withdrawn";
