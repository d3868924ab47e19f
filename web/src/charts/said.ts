/** Words for what items carry; what is not known is shown as it came. */
import { shown } from "../kernel/safe.ts";
import { zuluMinute } from "../kernel/zulu.ts";
import { W } from "../words/charts.ts";
import { within } from "./clip.ts";
import type { ChartConflict, ChartItem, TimeRange } from "./item.ts";

const STATES = [
  "Accepted", "Activated", "Nonconforming", "Contingent", "Ended", "Withdrawn", "draft", "before", "option",
] as const;

export function statusWord(status: string): string {
  const known = STATES.find((one) => one === status);
  return known ? W[known]() : shown(status);
}

export function arenaWord(arena: string): string {
  if (arena === "air" || arena === "sea") return W[arena]();
  return arena === "spectrum" ? W.radio() : shown(arena);
}

/** A chart in one sentence, for those who do not see it. */
export function summaryOf(
  what: string,
  range: TimeRange,
  items: readonly ChartItem[],
  conflicts: readonly ChartConflict[],
  known: boolean,
): string {
  if (!known) return `${what}: ${W.unknown()}`;
  return W.summary({
    what,
    from: zuluMinute(range.from_s),
    to: zuluMinute(range.to_s),
    items: W.items({ n: items.filter((item) => within(item, range)).length }),
    conflicts: W.conflicts({ n: conflicts.filter((one) => within(one, range)).length }),
  });
}
