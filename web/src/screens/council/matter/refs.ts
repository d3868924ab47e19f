/** What a reference names, and where it is shown: kind/party/id, conflict/id, notice/hash. */
import { to } from "../../../kernel/router.svelte.ts";

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
  drill: "council/metrics",
};

export interface Named {
  kind: string;
  party: string;
  id: string;
}

/** The parts of "kind/party/id"; of "kind/id" the party is empty; null: it names nothing. */
export function named(ref: string): Named | null {
  const [kind = "", ...rest] = ref.split("/");
  if (!kind || !rest.length || !rest.join("/")) return null;
  if (kind === "conflict" || kind === "notice" || kind === "area") return { kind, party: "", id: rest.join("/") };
  const [party = "", ...name] = rest;
  return party && name.length ? { kind, party, id: name.join("/") } : null;
}

/** Where a reference leads; empty: to no screen. */
export function linkOf(ref: string): string {
  const found = named(ref);
  if (!found) return "";
  const screen = SCREEN[found.kind];
  if (screen) return to(screen, { ref });
  switch (found.kind) {
    case "activity":
      return to("plan/board", { party: found.party, id: found.id });
    case "conflict":
      return to("plan/conflicts", { id: found.id });
    case "notice":
      return to("plan/board", { notice: found.id });
    case "call":
      return to("watch/hotline", { about: ref });
    case "interference":
      return to("spectrum/cases", { party: found.party, id: found.id });
    default:
      return "";
  }
}
