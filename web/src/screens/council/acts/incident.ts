import { rules } from "../matter/rules.svelte.ts";
import { A } from "../../../words/council_acts.ts";
import { F } from "../../../words/council_fields.ts";
import { W } from "../../../words/council.ts";
import { footprintOf } from "../matter/area.ts";
import { CLAUSE, REASON, ROLE, TITLE, WORDS } from "../matter/common.ts";
import { aboutOf } from "../matter/names.ts";
import { list, number, text, type About, type Act, type FieldSpec, type Values } from "../matter/spec.ts";
import { standOf, type IncidentStand } from "../matter/stands.ts";

const open = (about: About) => about.matter?.stand.is_open ?? true;
const stand = (about: About) => standOf<IncidentStand>(about.matter);
const own = { kind: "incident", right: "council" } as const;

const FORM: readonly FieldSpec[] = [
  { name: "text", as: "text", label: F.text, required: true, rows: 7 },
  { name: "happened_s", as: "time", label: F.happened, required: true },
  { name: "until_s", as: "time", label: F.happenedUntil },
  { name: "place", as: "area", label: F.place, none: F.notSaid },
  { name: "about", as: "refs", label: F.about },
  {
    name: "act", as: "choice", label: F.act,
    options: () => [{ value: "", label: F.noAct() }, ...(rules.view?.prohibited ?? []).map((one) => ({ value: one.code, label: `${one.code} (${one.clause}): ${one.text}` }))],
  },
  {
    name: "harm", as: "choice", label: F.harm,
    options: () => [{ value: "unknown", label: F.unknown() }, { value: "no", label: W.no() }, { value: "yes", label: W.yes() }],
  },
  { name: "third_parties", as: "text", label: F.thirdParties, rows: 2 },
];

function form(values: Values): Record<string, unknown> {
  return {
    text: text(values, "text"),
    happened_s: number(values, "happened_s"),
    until_s: number(values, "until_s"),
    place: footprintOf(values, "place"),
    about: list(values, "about"),
    act: text(values, "act"),
    harm: text(values, "harm") || "unknown",
    third_parties: text(values, "third_parties"),
  };
}

const finals = (about: About) => stand(about).final ?? {};
const others = (about: About) => Object.entries(stand(about).findings ?? {}).filter(([party]) => party !== about.us);

export const INCIDENT: readonly Act[] = [
  {
    ...own, word: "", type: "incident_reported", label: A.incidentOpen, tone: "primary", fits: () => true,
    fields: [ROLE, TITLE, ...FORM, WORDS],
    start: (about, query) => ({ happened_s: query.at ? Number(query.at) : about.now_s, about: query.about ? [aboutOf(query)] : [], harm: "unknown" }),
    body: (values) => ({ title: text(values, "title"), form: form(values) }),
  },
  {
    ...own, word: "report", type: "incident_report", label: A.incidentReport, tone: "primary", fits: open,
    fields: [ROLE, ...FORM, { name: "final", as: "tick", label: F.final }, WORDS],
    start: (about) => {
      const mine = stand(about).final?.[about.us] ?? stand(about).preliminary?.[about.us];
      return mine
        ? { text: mine.text, happened_s: mine.happened_s, until_s: mine.until_s ?? null, about: mine.about ?? [], act: mine.act ?? "", harm: mine.harm ?? "unknown", third_parties: mine.third_parties ?? "" }
        : { happened_s: stand(about).since_s ?? about.now_s, harm: "unknown" };
    },
    body: (values) => ({ form: form(values), final: values.final === true }),
  },
  {
    ...own, word: "review", type: "incident_review", label: A.incidentReview, fits: open,
    fields: [ROLE, { name: "meeting", as: "matter", label: F.meeting, kinds: ["meeting"], required: true }, WORDS],
  },
  {
    ...own, word: "finding", type: "incident_finding", label: A.incidentFinding, fits: open,
    fields: [
      ROLE,
      {
        name: "agrees", as: "choice", label: F.agrees,
        options: (about) => [{ value: "", label: F.ownFinding() }, ...others(about).map(([party, one]) => ({ value: String(one.turn), label: `${party}: ${one.text}` }))],
        shows: (_values, about) => others(about).length > 0,
      },
      { name: "text", as: "text", label: F.text, required: true, rows: 6, shows: (values) => !values.agrees },
      CLAUSE,
      { name: "actions", as: "refs", label: F.actions, kinds: ["action"] },
      WORDS,
    ],
    body: (values) => ({ agrees: Number(values.agrees || 0), text: values.agrees ? "" : text(values, "text"), clause: text(values, "clause"), actions: list(values, "actions") }),
  },
  {
    ...own, word: "close", type: "incident_closed", label: A.incidentClose,
    fits: (about) => open(about) && !stand(about).closed?.includes(about.us) && about.us in finals(about) && about.us in (stand(about).findings ?? {}),
    fields: [ROLE, WORDS],
  },
  {
    ...own, word: "reopen", type: "incident_reopened", label: A.incidentReopen, tone: "danger",
    fits: (about) => !open(about) || (stand(about).closed?.length ?? 0) > 0, fields: [ROLE, REASON],
  },
];
