/** Where a matter of the council is looked at: screens, the best first, and the query that opens it. */

const OF: Record<string, readonly string[]> = {
  call: ["watch/hotline"], drill: ["watch/drills"],
  concern: ["council/concerns"], assurance: ["council/assurances"], incident: ["council/incidents"],
  decision: ["council/decisions"], action: ["council/decisions"],
  caveat: ["council/third-parties"], consent: ["council/third-parties"],
  meeting: ["council/meetings"], agreement: ["council/agreement"], review: ["council/metrics"],
  interference: ["spectrum/cases", "spectrum/interference"],
};

export const placesOf = (kind: string): readonly string[] => OF[kind] ?? [];

/** Names as the API says them in `ref`: kind/opener/id. */
export function queryOf(kind: string, opener: string, id: string): Record<string, string> {
  const encoded = [kind, opener, id].map(encodeURIComponent).join("/");
  if (kind === "call") return { call: encoded };
  if (kind === "interference") return { opener, id, case: `${opener}/${id}` };
  return { ref: `${kind}/${opener}/${id}` };
}
