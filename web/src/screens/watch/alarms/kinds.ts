/** Kinds of alarms as groups: how urgent, what the words are, whether a person may clear it. */
import type { Alarm } from "../../../kernel/records.ts";

export type Group =
  | "flash" | "call" | "conflict" | "late" | "readback" | "notice" | "recall" | "line" | "suspended" | "stale"
  | "cease" | "assurance" | "third" | "consent" | "differs" | "history" | "clock" | "watch" | "council"
  | "agreement" | "drill" | "name" | "other";

/** The most urgent first. */
const ORDER: readonly Group[] = [
  "flash", "conflict", "late", "readback", "cease", "call", "line", "notice", "recall", "assurance", "stale",
  "third", "consent", "suspended", "watch", "differs", "history", "council", "agreement", "clock", "name",
  "drill", "other",
];

const OF: Record<string, Group> = {
  "flash call": "flash",
  "call": "call", "call not taken": "call", "heard differently": "call", "call not accepted": "call", "call not ours": "call",
  "too late to act": "late", "read-back differs": "readback",
  "unacknowledged": "notice", "not accepted": "notice", "not told": "notice", "not judged": "conflict",
  "recall": "recall", "recalled by its sender": "recall",
  "line down": "line", "suspended": "suspended", "suspended by us": "suspended", "not all told": "suspended",
  "stale": "stale",
  "cease request": "cease", "cease unanswered": "cease", "cease promise not kept": "cease", "will not cease": "cease", "interference": "cease",
  "assurance broken": "assurance", "assurance not judged": "assurance", "assurance withdrawn": "assurance",
  "assurance lapses soon": "assurance", "assurance lapsed": "assurance",
  "third party not told": "third", "relay overdue": "third",
  "consent not asked": "consent", "no consent": "consent", "consent refused": "consent", "consent overdue": "consent",
  "in force differs": "differs", "agreement differs": "differs", "rules differ": "differs",
  "two histories": "history", "peer's log": "history", "log witness": "history", "unknown message": "history",
  "clock skew": "clock", "nobody on watch": "watch", "watch too long": "watch",
  "look-alike name": "name",
};

export function groupOf(alarm: Pick<Alarm, "kind" | "subject">): Group {
  const known = OF[alarm.kind];
  if (known) return known;
  if (alarm.kind.startsWith("DRILL") || alarm.kind.includes("DRILL")) return "drill";
  if (alarm.kind.startsWith("agreement") || alarm.kind.startsWith("force")) return "agreement";
  if (alarm.subject.startsWith("council/call/")) return "call";
  return alarm.subject.startsWith("council/") || alarm.kind.endsWith("overdue") ? "council" : "other";
}

export const rankOf = (group: Group): number => ORDER.indexOf(group);

export type Tone = "bad" | "warn" | "plain";
export const toneOf = (group: Group): Tone =>
  rankOf(group) <= ORDER.indexOf("line") ? "bad" : group === "drill" || group === "other" ? "plain" : "warn";

/** Their cause must end; nobody clears them (node/suspending.py). */
const LASTING = new Set([
  "line down", "unacknowledged", "suspended", "suspended by us", "not all told", "not judged", "assurance broken",
  "assurance not judged", "agreement differs", "agreement expires", "agreement expired", "rules differ",
  "in force differs", "nobody on watch", "watch too long", "DRILL no surprise test", "DRILL no test to the units",
  "cease request", "cease unanswered", "cease promise not kept",
]);

/** Alarms of matters that a person may dismiss; every other of a matter lasts as its cause does. */
const DISMISSIBLE = new Set([
  "heard differently", "call not accepted", "call not ours", "agreement not applicable", "incident report late",
  "figures differ", "extraordinary meeting", "concern", "assurance withdrawn", "assurance lapses soon",
  "assurance lapsed", "DRILL unanswered", "DRILL paused", "DRILL not called", "action due soon",
  "consent refused", "step not taken", "council not told",
]);

export function mayClear(alarm: Pick<Alarm, "kind" | "subject">): boolean {
  return alarm.subject.startsWith("council/") ? DISMISSIBLE.has(alarm.kind) : !LASTING.has(alarm.kind);
}

/** Whether the group's words say all that the kind says. */
export const isOneKind = (group: Group): boolean => Object.values(OF).filter((one) => one === group).length === 1;
