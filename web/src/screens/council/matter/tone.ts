/** How a state looks: what waits, what is well, what went wrong, what is over. */
import type { Due, Matter } from "../../../kernel/records.ts";

export type Tone = "good" | "warn" | "bad" | "plain" | "soft";

const BAD = new Set(["disputed", "rejected", "suspended", "cannot", "not relayed", "refused", "lapsed", "differs", "terminated"]);
const GOOD = new Set(["settled", "adopted", "confirmed", "signed", "relayed", "accepted", "agreed", "given", "answered", "stands"]);
const OVER = new Set(["withdrawn", "cancelled", "ended"]);

export function toneOf(state: string, isOpen: boolean): Tone {
  if (OVER.has(state)) return "soft";
  if (BAD.has(state)) return "bad";
  if (GOOD.has(state)) return "good";
  return isOpen ? "warn" : "soft";
}

export const isOpen = (matter: Matter): boolean => matter.stand.is_open ?? true;

/** The clock of a matter that runs out first; null: none runs. */
export function firstDue(matter: Matter): Due | null {
  const dues = matter.stand.dues ?? [];
  return dues.reduce<Due | null>((first, due) => (first === null || due.at_s < first.at_s ? due : first), null);
}

/** What is open first, then what is due first, then by name. */
export function byDue(a: Matter, b: Matter): number {
  const late = (one: Matter) => firstDue(one)?.at_s ?? Infinity;
  return Number(isOpen(b)) - Number(isOpen(a)) || compare(late(a), late(b)) || a.ref.localeCompare(b.ref, "en", { numeric: true });
}

const compare = (a: number, b: number) => (a === b ? 0 : a < b ? -1 : 1);
