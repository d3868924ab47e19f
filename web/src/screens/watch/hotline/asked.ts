/** What a link to the hotline asks for: whom to call, about what, with which phrase. */
import type { Typed } from "./speech.svelte.ts";

export interface Asked {
  peer?: string;
  to_role?: string;
  about?: string;
  said: Partial<Typed>;
}

const HEADS = new Set(["peer", "to", "about", "phrase", "call", "new"]);

/** What stands in the query; every other name in it is a value of the phrase. Null: nothing. */
export function asked(query: Readonly<Record<string, string>>): Asked | null {
  const { peer, to, about, phrase } = query;
  if (!peer && !to && !about && !phrase) return null;
  const given = Object.fromEntries(Object.entries(query).filter(([name]) => !HEADS.has(name)));
  return {
    ...(peer ? { peer } : {}),
    ...(to ? { to_role: to } : {}),
    about: about ?? "",
    said: { code: phrase ?? "", given },
  };
}
