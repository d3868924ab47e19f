/** Calls of the hotline as the node folds them (council/call_stand.py), and their order here. */
import { keyOf, type Due, type Matter } from "../../../kernel/records.ts";
import type { Precedence } from "../../../kernel/types.ts";

export interface Rang {
  role: string;
  at_s: number;
  turn: number;
  manned?: boolean;
}

export interface Translation {
  language: string;
  text: string;
  translator: string;
  machine: boolean;
}

export interface Speech {
  turn: number;
  party: string;
  role: string;
  at_s: number;
  via?: "line" | "voice";
  heard_by?: string;
  code?: string;
  values?: string[];
  words?: string;
  language?: string;
  translations?: Translation[];
}

export interface CallStand {
  state: "ringing" | "taken" | "passed" | "answered" | "closed" | "matched";
  is_open: boolean;
  dues?: Due[];
  caller: string;
  called: string;
  precedence: Precedence;
  asked: string;
  asked_s: number;
  texts: Speech[];
  via?: "line" | "voice";
  rung?: Rang[];
  holder?: string;
  taken_s?: number;
  read_s?: number;
  answered_s?: number;
  time_to_take_s?: number;
  time_to_answer_s?: number;
  goes_on?: string;
  differs?: number[];
}

export interface Call {
  ref: string;
  opener: string;
  id: string;
  opened_s: number;
  stand: CallStand;
  matter: Matter["matter"];
}

export const PRECEDENCES: readonly Precedence[] = ["flash", "immediate", "priority", "routine"];

export function callsOf(matters: readonly Matter[]): Call[] {
  return matters
    .filter((one) => one.matter.kind === "call")
    .map((one) => ({
      ref: keyOf("call", one.matter.opener, one.matter.id),
      opener: one.matter.opener,
      id: one.matter.id,
      opened_s: one.matter.opened_s,
      stand: one.stand as unknown as CallStand,
      matter: one.matter,
    }));
}

/** Somebody is rung, and nobody has taken it yet. */
export const isRinging = ({ stand }: Call): boolean => stand.state === "ringing" || stand.state === "passed";

export const otherOf = (call: Call, party: string): string =>
  call.stand.caller === party ? call.stand.called : call.stand.caller;

/** The most urgent first: what rings here, what rings there, what is open, then the newest. */
export function inOrder(calls: readonly Call[], party: string): Call[] {
  return [...calls].sort((a, b) => rankOf(a, party) - rankOf(b, party) || b.opened_s - a.opened_s);
}

function rankOf(call: Call, party: string): number {
  if (!call.stand.is_open) return 100;
  const ours = call.stand.called === party ? 0 : 10;
  const waits = isRinging(call) ? 0 : 40;
  return waits + ours + PRECEDENCES.indexOf(call.stand.precedence);
}

/** The call that an alarm or a link is about: "council/call/north/C-1" or "call/north/C-1". */
export function refOf(about: string): string {
  const parts = about.split("/").map(decodeURIComponent);
  const from = parts.indexOf("call");
  return from >= 0 && parts.length === from + 3 ? keyOf(...parts.slice(from)) : "";
}
