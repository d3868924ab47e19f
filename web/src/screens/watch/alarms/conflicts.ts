/** Conflicts by when they are, and the call about one. */
import type { Met } from "../../../kernel/records.ts";
import { isAgreed, sides } from "../../plan/conflicts.ts";

/** Those that are within a window; what is open-ended counts as open, the soonest first. */
export function within(conflicts: readonly Met[], from_s: number, to_s: number): Met[] {
  return conflicts
    .filter((met) => met.ended_s == null && (met.from_s ?? -Infinity) <= to_s && (met.to_s ?? Infinity) >= from_s)
    .sort((a, b) => (a.from_s ?? -Infinity) - (b.from_s ?? -Infinity));
}

/** Whom to call about a conflict, and with which words; no peer: it is between our own. */
export function aboutConflict(met: Met, us: string): Record<string, string> & { peer?: string } {
  const { ours, other } = sides(met, us);
  const about = `conflict/${met.id}`;
  if (other.party === us || isAgreed(other)) return { about };
  if (!ours || isAgreed(ours)) return { peer: other.party, about };
  return { peer: other.party, about, phrase: "N7A", ours: ours.activity, yours: other.activity };
}
