/** The plan board: own activities by how far they have come. */
import type { Held, Met, Notice } from "../../kernel/records.ts";
import { keyOf } from "../../kernel/records.ts";
import { window } from "./volumes.ts";

export const GROUPS = ["declared", "effective", "active", "ended"] as const;
export type Group = (typeof GROUPS)[number];

export interface Row {
  key: string;
  held: Held;
  group: Group;
  start_s: number | null;
  end_s: number | null;
  /** The newest notice to or from each peer. */
  notices: Notice[];
  conflicts: Met[];
}

/** Newest notice of an activity for each peer, by activity. */
export function noticesByActivity(notices: readonly Notice[]): Map<string, Notice[]> {
  const newest = new Map<string, Map<string, Notice>>();
  for (const notice of notices) {
    const key = keyOf(notice.owner, notice.activity);
    const peers = newest.get(key) ?? new Map<string, Notice>();
    const before = peers.get(notice.peer);
    if (!before || before.revision <= notice.revision) peers.set(notice.peer, notice);
    newest.set(key, peers);
  }
  return new Map([...newest].map(([key, peers]) => [key, [...peers.values()]]));
}

export function conflictsByActivity(conflicts: readonly Met[]): Map<string, Met[]> {
  const found = new Map<string, Met[]>();
  for (const met of conflicts) {
    const keys = new Set([keyOf(met.a.party, met.a.activity), keyOf(met.b.party, met.b.activity)]);
    for (const key of keys) found.set(key, [...(found.get(key) ?? []), met]);
  }
  return found;
}

export function groupOf(held: Held, notices: readonly Notice[]): Group {
  const { state } = held.activity;
  if (state === "Ended" || state === "Withdrawn") return "ended";
  if (state === "Activated" || state === "Nonconforming" || state === "Contingent") return "active";
  const revision = held.activity.revision ?? 1;
  const told = notices.filter((one) => !one.recalled);
  const is_effective = told.length > 0 && told.every((one) => one.effective_s != null && one.revision === revision);
  return is_effective ? "effective" : "declared";
}

export function rowsOf(
  activities: readonly Held[], notices: readonly Notice[], conflicts: readonly Met[],
): Row[] {
  const told = noticesByActivity(notices);
  const met = conflictsByActivity(conflicts);
  return activities
    .map((held) => {
      const key = keyOf(held.activity.party, held.activity.id);
      const of = told.get(key) ?? [];
      const [start_s, end_s] = window(held.activity);
      return { key, held, group: groupOf(held, of), start_s, end_s, notices: of, conflicts: met.get(key) ?? [] };
    })
    .sort((one, other) => (one.start_s ?? -Infinity) - (other.start_s ?? -Infinity) || (one.key < other.key ? -1 : 1));
}

/** Rows that hold every word that was typed. */
export function filtered(rows: readonly Row[], typed: string): Row[] {
  const wanted = typed.trim().toLowerCase().split(/\s+/).filter(Boolean);
  if (!wanted.length) return [...rows];
  return rows.filter(({ held }) => {
    const { id, title, kind, party, state } = held.activity;
    const text = [id, title, kind, party, state, held.contact].join(" ").toLowerCase();
    return wanted.every((word) => text.includes(word));
  });
}

const NEXT: Record<string, string[]> = {
  Accepted: ["Activated", "Ended", "Withdrawn", "Nonconforming", "Contingent"],
  Activated: ["Ended", "Nonconforming", "Contingent"],
  Nonconforming: ["Activated", "Contingent", "Ended"],
  Contingent: ["Ended"],
};

/** Which states may follow (model/states.py); the node has the last word. */
export const nextStates = (state: string | undefined): string[] => NEXT[state ?? "Accepted"] ?? [];
