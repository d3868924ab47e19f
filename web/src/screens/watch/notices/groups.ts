/** Notices by what they wait for. */
import type { Notice } from "../../../kernel/records.ts";

export type Pile = "unread" | "toUnits" | "ours" | "done" | "old";
export const PILES: readonly Pile[] = ["unread", "toUnits", "ours", "done", "old"];

export function pileOf(notice: Notice): Pile {
  if (notice.superseded || notice.recalled) return "old";
  if (notice.way === "in" && notice.read_s == null) return "unread";
  if (notice.effective_s != null && !notice.overdue?.length) return "done";
  return notice.way === "in" ? "toUnits" : "ours";
}

/** Those of a pile: overdue and too late first, then the soonest start. */
export function inPile(notices: readonly Notice[], pile: Pile): Notice[] {
  const rank = (one: Notice) => (one.overdue?.length || one.lead?.too_late ? 0 : 1);
  const start = (one: Notice) => one.lead?.start_s ?? Infinity;
  return notices
    .filter((one) => pileOf(one) === pile)
    .sort((a, b) => rank(a) - rank(b) || (pile === "done" || pile === "old" ? b.sent_s - a.sent_s : start(a) - start(b)));
}

/** How many of the peers' notices nobody here has read. */
export const unread = (notices: readonly Notice[]): number => notices.filter((one) => pileOf(one) === "unread").length;
