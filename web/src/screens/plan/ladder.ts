/** How far a notice has climbed, rung by rung, by both clocks, and what is due when. */
import { RUNGS, type Notice, type Rung } from "../../kernel/records.ts";
import type { Deadline, NoticeRules } from "../../kernel/types.ts";

export interface Time {
  at_s: number;
  /** Whose clock it was read from. */
  clock: "ours" | "theirs";
  by: string;
  unit: string;
}

export interface Step {
  rung: Rung;
  reached: boolean;
  overdue: boolean;
  /** By when it was or is due, by our clock; null: the agreement asks for none. */
  due_s: number | null;
  clause: string;
  /** The rung from which the notice counts. */
  counts: boolean;
  times: Time[];
}

/** From when the deadlines count (node/deadlines.py): an amendment does not put them off. */
export function begun_s(notice: Notice): number {
  const arrived = notice.way === "in" ? (notice.delivered_s ?? Infinity) : Infinity;
  return Math.min(notice.sent_s, arrived, notice.unread_since_s ?? Infinity);
}

export function ladderOf(notice: Notice, rules: NoticeRules | undefined, now_s: number): Step[] {
  const top = RUNGS.indexOf(notice.rung ?? "sent");
  const effective = rules?.effective ?? "delivered";
  const is_over = Boolean(notice.superseded || notice.recalled);
  return RUNGS.map((rung, place) => {
    const deadline = rules?.deadlines?.find((one) => one.rung === rung);
    const due_s = deadline ? begun_s(notice) + deadline.within_s : null;
    const reached = place <= top;
    const late = due_s !== null && now_s > due_s && !is_over;
    return {
      rung,
      reached,
      overdue: !reached && (late || (notice.overdue ?? []).includes(rung)),
      due_s,
      clause: deadline?.clause ?? "",
      counts: rung === effective,
      times: timesOf(notice, rung),
    };
  });
}

/** The deadline that comes next, or the oldest that passed; null: none waits. */
export function nextDue(notice: Notice, rules: NoticeRules | undefined, now_s: number): Step | null {
  if (notice.superseded || notice.recalled) return null;
  const open = ladderOf(notice, rules, now_s).filter((step) => !step.reached && step.due_s !== null);
  return open.sort((a, b) => a.due_s! - b.due_s!)[0] ?? null;
}

function timesOf(notice: Notice, rung: Rung): Time[] {
  const [sender, receiver] = notice.way === "out" ? (["ours", "theirs"] as const) : (["theirs", "ours"] as const);
  const time = (at_s: number | null | undefined, clock: "ours" | "theirs", by = "", unit = ""): Time[] =>
    at_s == null ? [] : [{ at_s, clock, by, unit }];
  const units = notice.units ?? [];
  if (rung === "sent") return time(notice.sent_s, sender);
  if (rung === "delivered") return [...time(notice.delivered_s, receiver), ...time(notice.receipted_s, sender)];
  if (rung === "read") return time(notice.read_s, receiver, notice.read_by);
  if (rung === "passed") return units.flatMap((one) => time(one.passed_s, receiver, "", one.unit));
  return units.flatMap((one) => time(one.acknowledged_s, receiver, one.by, one.unit));
}

/** Units that were told and have not answered. */
export function silentUnits(notice: Notice): string[] {
  return (notice.units ?? []).filter((one) => one.acknowledged_s == null).map((one) => one.unit);
}

export type { Deadline };
