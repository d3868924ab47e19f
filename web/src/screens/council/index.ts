import { session } from "../../kernel/session.svelte.ts";
import { live } from "../../kernel/live.svelte.ts";
import { W } from "../../words/council.ts";
import type { Screen } from "../screen.ts";
import { isOpen } from "./matter/tone.ts";

/** How many matters of some kinds owe something of us. */
const owed = (...kinds: string[]) => () =>
  live.matters.list.filter(
    (one) => kinds.includes(one.matter.kind) && isOpen(one) && one.stand.dues?.some((due) => due.party === session.me.party),
  ).length;

const at = { area: "council", needs: "read" } as const;

export const screens: Screen[] = [
  { ...at, path: "council/overview", title: W.overview, view: () => import("./Overview.svelte") },
  { ...at, path: "council/agreement", title: W.agreement, view: () => import("./Agreement.svelte"), count: owed("agreement") },
  { ...at, path: "council/meetings", title: W.meetings, view: () => import("./Meetings.svelte"), count: owed("meeting") },
  { ...at, path: "council/decisions", title: W.decisions, view: () => import("./Decisions.svelte"), count: owed("action", "decision") },
  { ...at, path: "council/concerns", title: W.concerns, view: () => import("./Concerns.svelte"), count: owed("concern") },
  { ...at, path: "council/assurances", title: W.assurances, view: () => import("./Assurances.svelte") },
  { ...at, path: "council/incidents", title: W.incidents, view: () => import("./Incidents.svelte"), count: owed("incident") },
  { ...at, path: "council/third-parties", title: W.thirdParties, view: () => import("./ThirdParties.svelte"), count: owed("caveat", "consent") },
  { ...at, path: "council/metrics", title: W.metrics, view: () => import("./Metrics.svelte"), count: owed("review") },
];
