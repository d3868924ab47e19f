/** Which notices wait for their places to be read back, and how each stands. */
import type { Notice } from "../../kernel/records.ts";

export type Standing = "rb_said" | "rb_agreed" | "rb_differs" | "rb_none" | "rb_same" | "rb_waits";

export function standingOf(notice: Notice): Standing {
  if (notice.read_back === "agreed") return "rb_agreed";
  if (notice.read_back === "differs") return "rb_differs";
  if (!notice.read_back && notice.revision > 1 && !notice.moved) return "rb_same"; // its state alone was told
  if (notice.way === "in") return "rb_waits";
  return notice.read_back === "said" ? "rb_said" : "rb_none";
}

const URGENCY: Record<Standing, number> = { rb_differs: 0, rb_said: 1, rb_none: 2, rb_waits: 2, rb_same: 3, rb_agreed: 3 };

/** Notices that count still, those that want a person first. */
export function toRead(notices: readonly Notice[], way: Notice["way"]): Notice[] {
  return notices
    .filter((one) => one.way === way && !one.superseded && !one.recalled && one.state !== "Withdrawn" && one.state !== "Ended")
    .sort((one, other) => URGENCY[standingOf(one)] - URGENCY[standingOf(other)] || other.sent_s - one.sent_s);
}

/** Sent notices of which a person here has to say whether the places are those meant. */
export const waiting = (notices: readonly Notice[]): number =>
  toRead(notices, "out").filter((one) => ["rb_differs", "rb_said"].includes(standingOf(one))).length;
