/** What stands, by kind, as council/<kind>.py has it. */
import type { Cited, WireScope, WireCircle, WireCorridor, WireEverywhere, WirePolygon, WireTrack } from "../../../kernel/types.ts";
import type { Matter } from "../../../kernel/records.ts";

export interface When {
  start_s: number;
  end_s: number;
}

export interface ConcernStand {
  state: string;
  title: string;
  clause?: string;
  urgent?: boolean;
  evidence?: Cited[];
  positions?: Record<string, string>;
  answered_s?: number | null;
  meeting?: string;
  assurances?: string[];
  owed?: { what: string; party: string; at_s: number }[];
}

export interface DecisionStand {
  state: string;
  text: string;
  positions: Record<string, string>;
  dissents?: { party: string; words: string }[];
}

export interface ActionStand {
  state: string;
  owner: string;
  owner_role: string;
  due_s: number;
  text?: string;
  meeting?: string;
  claim?: number;
  claimed_s?: number | null;
  proof?: string;
  evidence?: string;
  confirmed?: string[];
}

export interface AssuranceStand {
  state: string;
  title: string;
  scope: WireScope;
  until_s: number;
  clause?: string;
  answers?: string;
  renewals?: { at_s: number; before_s: number; until_s: number }[];
}

export interface AgreementStand {
  state: string;
  title: string;
  version: number;
  digest: string;
  offered_by: string;
  keys: { party: string; role: string; keys: number; turned: number }[];
  signatures?: { party: string; role: string; at_s: number; turn: number }[];
  signed_s?: number | null;
  effective_s?: number | null;
  expires_s?: number | null;
  ends_s?: number | null;
  suspensions?: { party: string; from_s: number; until_s: number | null; words: string }[];
  suspended_for_s?: number;
  checklist?: { id: string; text: string; clause: string }[];
  ticked?: Record<string, string[]>;
  clause?: string;
}

export interface Account {
  turn: number;
  at_s: number;
  text: string;
  happened_s: number;
  until_s?: number | null;
  place?: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere | null;
  about?: string[];
  act?: string;
  clause?: string;
  harm?: string;
  third_parties?: string;
}

export interface Frozen {
  number: number;
  digest: string;
  entries: number;
  size: number;
  at_s: number;
}

export interface IncidentStand {
  state: string;
  since_s?: number;
  preliminary?: Record<string, Account>;
  final?: Record<string, Account>;
  frozen?: Record<string, Frozen[]>;
  findings?: Record<string, { turn: number; text: string; agrees_with?: string; clause?: string; actions?: string[] }>;
  findings_agree?: boolean;
  differences?: { field: string; said: Record<string, string> }[];
  actions?: string[];
  meeting?: string;
  closed?: string[];
  late?: string[];
  reopened?: number;
}

export interface Holds {
  when?: When | null;
  place?: string;
  answer?: string | null;
}

export interface MeetingStand {
  state: string;
  meeting_kind: string;
  called_s: number;
  when?: When | null;
  place?: string;
  holds?: Record<string, Holds>;
  heads?: Record<string, string>;
  members?: Record<string, string[]>;
  points?: { party: string; turn: number; title: string; ref?: string; clause?: string }[];
  asked?: Record<string, number>;
  held_s?: number | null;
  minutes?: { party: string; text: string; digest: string; at_s: number; agreed: string[] } | null;
  dissents?: { party: string; words: string }[];
}

export interface CaveatStand {
  state: string;
  who: string;
  about: string;
  owed_by: string;
  owed_role: string;
  turn: number;
  begins_s?: number | null;
  declared?: boolean;
  relay?: { to: string; how: string; done_s: number; acknowledged: string } | null;
  is_relayed?: boolean;
  reason?: string;
  answer_turn?: number;
  answered_s?: number;
  accepted?: string[];
}

export interface ConsentStand {
  state: string;
  activity: string;
  area: string;
  clause: string;
  channel: string;
  digest: string;
  due_s: number;
  begins_s?: number | null;
  activated?: boolean;
  given?: { party: string; turn: number; level: string; role: string }[];
  refused?: Record<string, string>;
}

export interface ReviewStand {
  state: string;
  from_s: number;
  to_s: number;
  sides: [string, string];
  given?: { party: string; digest: string; at_s: number }[];
  differences?: { section: string; about: string; name: string; values: [number | null, number | null]; lacking?: string }[];
  why?: string[];
}

/** What stands of a matter, read as its kind has it. */
export function standOf<T>(matter: Matter | null): T {
  return (matter?.stand ?? {}) as unknown as T;
}
