import type { Cited, Evidence } from "../../../kernel/types.ts";
import { A } from "../../../words/council_acts.ts";
import { F } from "../../../words/council_fields.ts";
import { CLAUSE, REASON, ROLE, SAID, TITLE, WORDS } from "../matter/common.ts";
import { aboutOf, named } from "../matter/names.ts";
import { cited, text, type About, type Act } from "../matter/spec.ts";
import { standOf, type ConcernStand } from "../matter/stands.ts";

const ours = (about: About) => about.matter?.matter.opener === about.us;
const open = (about: About) => about.matter?.stand.is_open ?? true;
const stand = (about: About) => standOf<ConcernStand>(about.matter);
const owes = (about: About) => stand(about).owed?.some((one) => one.party === about.us && one.what === "answer") ?? false;
const answered = (about: About) => Object.keys(stand(about).positions ?? {}).length > 0;
const own = { kind: "concern", right: "council" } as const;

/** The evidence that another screen handed over: about=conflict/ID, activity/PARTY/ID, ... */
export function evidenceOf(about: string, role: string): Cited[] {
  const found = named(about);
  if (!found) return [];
  const direct: Record<string, Evidence> = { conflict: "conflict", activity: "activity", notice: "notice", interference: "interference" };
  const kind = direct[found.kind];
  if (!kind) return [{ kind: "matter", what: about, vouched_by: role }];
  const what = found.party ? `${found.party}/${found.id}` : found.id;
  return [{ kind, what, vouched_by: role }];
}

export const CONCERN: readonly Act[] = [
  {
    ...own, word: "", type: "concern_raised", label: A.concernOpen, tone: "primary", fits: () => true,
    fields: [ROLE, TITLE, { ...SAID, rows: 6 }, { ...CLAUSE, required: true }, { name: "urgent", as: "tick", label: F.urgent }, { name: "evidence", as: "evidence", label: F.evidence }],
    start: (_about, query) => ({ evidence: query.about ? evidenceOf(aboutOf(query), "duty officer") : [] }),
    body: (values) => ({
      title: text(values, "title"),
      clause: text(values, "clause") === "-" ? "" : text(values, "clause"),
      without_clause: text(values, "clause") === "-",
      urgent: values.urgent === true,
      evidence: cited(values, "evidence"),
    }),
  },
  {
    ...own, word: "answer", type: "concern_answered", label: A.concernAnswer, tone: "primary",
    fits: (about) => open(about) && (!ours(about) || owes(about)),
    fields: [ROLE, { ...SAID, rows: 6 }, { name: "assurance", as: "matter", label: F.assurance, kinds: ["assurance"] }],
  },
  {
    ...own, word: "accept", type: "concern_accepted",
    label: A.concernAccept, ownLabel: A.concernSettle,
    fits: (about) => open(about) && (!ours(about) || answered(about)),
    fields: [ROLE, WORDS],
  },
  {
    ...own, word: "dispute", type: "concern_disputed",
    label: A.concernDispute, ownLabel: A.concernUnsettled,
    fits: (about) => open(about) && (!ours(about) || answered(about)),
    fields: [ROLE, SAID],
  },
  { ...own, word: "ask", type: "concern_asked", label: A.concernAsk, fits: open, fields: [ROLE, SAID] },
  {
    ...own, word: "meeting", type: "concern_meeting", label: A.concernMeeting, fits: open,
    fields: [ROLE, { name: "meeting", as: "matter", label: F.meeting, kinds: ["meeting"] }, WORDS],
  },
  { ...own, word: "withdraw", type: "concern_withdrawn", label: A.withdraw, tone: "danger", fits: (about) => open(about) && ours(about), fields: [ROLE, REASON] },
];
