/** Where what a reference names is shown. */
import { to } from "../../../kernel/router.svelte.ts";
import { named } from "./names.ts";

const SCREEN: Record<string, string> = {
  agreement: "council/agreement",
  meeting: "council/meetings",
  decision: "council/decisions",
  action: "council/decisions",
  concern: "council/concerns",
  assurance: "council/assurances",
  incident: "council/incidents",
  caveat: "council/third-parties",
  consent: "council/third-parties",
  review: "council/metrics",
  drill: "watch/drills",
};

/** Where a reference leads; empty: to no screen. */
export function linkOf(ref: string): string {
  const found = named(ref);
  if (!found) return "";
  if (found.kind === "call") return to("watch/hotline", { call: [found.kind, found.party, found.id].map(encodeURIComponent).join("/") });
  const screen = SCREEN[found.kind];
  if (screen) return to(screen, { ref });
  switch (found.kind) {
    case "activity":
      return to("plan/board", { party: found.party, id: found.id });
    case "conflict":
      return to("plan/conflicts", { id: found.id });
    case "notice":
      return to("watch/notices", { notice: found.id });
    case "interference":
      return to("spectrum/interference", { party: found.party, id: found.id });
    default:
      return "";
  }
}
