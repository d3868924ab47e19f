/** Drills as the node folds them (council/drill_stand.py). */
import { keyOf, type Due, type Matter } from "../../../kernel/records.ts";
import type { Exercise } from "../../../kernel/types.ts";
import { W } from "../../../words/watch_drills.ts";

export interface UnitMark {
  unit: string;
  passed_s: number;
  acknowledged_s?: number;
  is_proved?: boolean;
}

export interface DrillStand {
  state: string;
  is_open: boolean;
  dues?: Due[];
  what: Exercise;
  callee: string;
  called_s: number;
  due_s?: number;
  answered_s?: number;
  read_s?: number;
  units?: UnitMark[];
  ended_s?: number;
}

export interface Drill {
  key: string;
  opener: string;
  id: string;
  stand: DrillStand;
}

export function drillsOf(matters: readonly Matter[]): Drill[] {
  return matters
    .filter((one) => one.matter.kind === "drill")
    .map(({ matter, stand }) => ({
      key: keyOf("drill", matter.opener, matter.id), opener: matter.opener, id: matter.id, stand: stand as unknown as DrillStand,
    }))
    .sort((a, b) => b.stand.called_s - a.stand.called_s);
}

/** Those that somebody here is to answer. */
export const waiting = (drills: readonly Drill[], us: string): Drill[] =>
  drills.filter(({ stand }) => stand.is_open && stand.callee === us && stand.what !== "pause" && stand.what !== "not_called");

const STATES: Record<string, () => string> = {
  "called": W.s_called, "read": W.s_read, "passed": W.s_passed, "answered": W.s_answered, "answered late": W.s_late,
  "missed": W.s_missed, "paused": W.s_paused, "resumed": W.s_resumed, "not called": W.s_notCalled,
};

export const stateOf = ({ state }: DrillStand): string => STATES[state]?.() ?? state;

export function toneOf({ stand }: Drill): "good" | "warn" | "bad" | "soft" {
  if (stand.state === "missed" || stand.state === "not called") return "bad";
  if (stand.state === "answered late" || stand.state === "paused") return "warn";
  return stand.is_open ? "warn" : stand.state === "answered" ? "good" : "soft";
}
