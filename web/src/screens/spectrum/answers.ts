/** What the node answers to questions about the spectrum (assessing/*_shown.py, *_json.py). */

export interface Answered {
  advisory: string;
  agreement: { id: string; version: number; title: string; builtin: boolean };
  left_out: number;
  not_judged?: NotJudged[];
  unverified?: string[];
}

export interface NotJudged {
  arenas: string[];
  pairs: number;
  why: string;
}

export interface Use {
  freq_low_hz: number;
  freq_high_hz: number;
  from: string;
  to: string;
  party: string;
  activity: string;
  volume: string;
  title: string;
  role: "emit" | "receive" | "guard";
  service: string;
  aboard: string;
  eirp_dbm: number | null;
}

export interface OccupancyAnswer extends Answered {
  freq_low_hz: number;
  freq_high_hz: number;
  emitting_share: number;
  uses: Use[];
}

export interface Reason {
  party: string;
  activity: string;
  volume: string;
  why: string;
}

export interface Channel {
  freq_low_hz: number;
  freq_high_hz: number;
  free: boolean;
  /** Null: more than 20 dB. */
  margin_db: number | null;
  held_by: number;
  reasons: Reason[];
}

export interface FreeAnswer extends Answered {
  width_hz: number;
  freq_low_hz: number;
  freq_high_hz: number;
  free: number;
  screened: number;
  channels: Channel[];
}

export interface Ref {
  party: string;
  activity: string;
  volume: string;
}

/** A link budget (formats/budget_json.py); null: not known. */
export interface Budget {
  case: "in band" | "out of band" | "blocking" | "harmonic" | "intermodulation" | "aggregate";
  verdict: "exceeded" | "no model" | "cleared";
  service: string;
  source: string;
  verified: boolean;
  freq_hz: number | null;
  distance_m: number | null;
  eirp_dbm: number | null;
  loss_db: number | null;
  rejection_db: number | null;
  gain_dbi: number | null;
  interference_dbm: number | null;
  limit_dbm: number | null;
  margin_db: number | null;
  model: string;
  need_m: number | null;
  need_dbm: number | null;
  inputs: Record<string, number | string | null>;
  contributors: (Ref & { power_dbm: number | null })[];
  assumed: string[];
}

export interface EffectShown {
  ours: Ref;
  theirs: Ref;
  cleared: boolean;
  margin_db: number | null;
  required_m: number | null;
  required_why: string;
  required_eirp_dbm: number | null;
  conflict: {
    rule: string;
    clause: string;
    why: string;
    from: string | null;
    to: string | null;
    place: [number, number];
    lateral_m: number | null;
    notes: string[];
    budget?: Budget;
  };
}

export interface AssessAnswer extends Answered {
  party: string;
  activity: string;
  clear: boolean;
  effects: EffectShown[];
}

export interface ContourFeature {
  geometry: { type: "Polygon"; coordinates: [number, number][][] };
  properties: {
    level_dbm: number;
    service: string;
    source: string;
    verified: boolean;
    models: string[];
    time_percent: number;
    distances_m: number[];
    beyond_deg: number[];
    [more: string]: unknown;
  };
}

export interface ContourAnswer extends Answered {
  features: ContourFeature[];
}

/** Seconds UTC of a time as the node writes it; null: open. */
export function atOf(written: string | null | undefined): number | null {
  const at_ms = written ? Date.parse(written) : Number.NaN;
  return Number.isNaN(at_ms) ? null : at_ms / 1000;
}
