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
  drill: "watch/drills",
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

/** What another screen says that something is about: a bare id is a conflict's. */
export function aboutOf(query: Record<string, string>): string {
  const about = query.about ?? "";
  return about && !about.includes("/") ? `conflict/${about}` : about;
}

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
