/** All that can be said in the working group, by kind of matter. */
import { session } from "../../../kernel/session.svelte.ts";
import type { About, Act } from "../matter/spec.ts";
import { AGREEMENT } from "./agreement.ts";
import { ASSURANCE } from "./assurance.ts";
import { CONCERN } from "./concern.ts";
import { ACTION, DECISION } from "./decision.ts";
import { INCIDENT } from "./incident.ts";
import { MEETING } from "./meeting.ts";
import { CAVEAT, CONSENT } from "./third.ts";

export const ACTS: readonly Act[] = [
  ...ACTION, ...AGREEMENT, ...ASSURANCE, ...CAVEAT, ...CONCERN, ...CONSENT, ...DECISION, ...INCIDENT, ...MEETING,
];

/** What this person can say in a matter as it stands. */
export function actsFor(about: About): Act[] {
  const kind = about.matter?.matter.kind;
  return ACTS.filter((act) => act.kind === kind && act.word !== "" && session.may(act.right) && act.fits(about));
}

/** How a matter of a kind is opened; undefined: this person may not. */
export function openingOf(kind: string): Act | undefined {
  return ACTS.find((act) => act.kind === kind && act.word === "" && session.may(act.right));
}
