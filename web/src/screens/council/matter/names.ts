/** What a reference names: kind/party/id, conflict/id, notice/hash, area/words. */
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
  return party && name.join("/") ? { kind, party, id: name.join("/") } : null;
}

/** What another screen says that something is about: a bare id is a conflict's. */
export function aboutOf(query: Record<string, string>): string {
  const about = query.about ?? "";
  return about && !about.includes("/") ? `conflict/${about}` : about;
}
