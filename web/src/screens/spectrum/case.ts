/** A case of interference: whose turn it is, and until when. */
import { keyOf } from "../../kernel/records.ts";
import type { CaseState, InterferenceCase } from "../../kernel/types.ts";

export type Case = InterferenceCase;

export const keyOfCase = (one: Case): string => keyOf(one.opener, one.id);
export const stateOf = (one: Case): CaseState => one.state ?? "open";

/** Whether we are to do something against a clock: answer, or keep what we promised. */
export function waitsForUs(one: Case, us: string): boolean {
  if (one.other !== us) return false;
  return stateOf(one) === "asked" || (stateOf(one) === "ceasing" && (one.overdue ?? false));
}

/** Seconds that are left; below zero: overdue; null: no clock runs. */
export function leftOf(one: Case, now_s: number): number | null {
  const runs = stateOf(one) === "asked" || stateOf(one) === "ceasing";
  return runs && one.due_s != null ? one.due_s - now_s : null;
}

/** Whether the answer was no yes: it stays in red with who asked until it is closed. */
export function isNo(one: Case): boolean {
  return stateOf(one) === "answered" && one.answer != null && one.answer !== "ceased" && one.answer !== "ceasing";
}

export function toneOf(one: Case, now_s: number): "good" | "warn" | "bad" | "plain" | "soft" {
  const left = leftOf(one, now_s);
  if (left !== null) return left < 0 || one.overdue ? "bad" : "warn";
  if (isNo(one)) return "bad";
  const state = stateOf(one);
  return state === "closed" ? "soft" : state === "answered" ? "good" : "warn";
}

/** Those that wait for us first, then by clock, then the newest. */
export function byUrgency(us: string): (a: Case, b: Case) => number {
  const rank = (one: Case) => (stateOf(one) === "closed" ? 3 : waitsForUs(one, us) ? 0 : one.due_s != null && leftOf(one, 0) !== null ? 1 : 2);
  return (a, b) => rank(a) - rank(b) || (rank(a) < 2 ? (a.due_s ?? 0) - (b.due_s ?? 0) : b.opened_s - a.opened_s);
}
