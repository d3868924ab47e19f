import { rules } from "../matter/rules.svelte.ts";
import { A } from "../../../words/council_acts.ts";
import { F } from "../../../words/council_fields.ts";
import { ROLE, WORDS } from "../matter/common.ts";
import { list, number, text, type About, type Act } from "../matter/spec.ts";
import { standOf, type DrillStand } from "../matter/stands.ts";

const stand = (about: About) => standOf<DrillStand>(about.matter);
const called = (about: About) => stand(about).callee === about.us && stand(about).answered_s == null && (about.matter?.stand.is_open ?? true);
const deep = (about: About) => stand(about).what === "end_to_end";
const units = (of: string) => (rules.view?.notice.units ?? []).filter((one) => one.party === of).map((one) => ({ value: one.id, label: one.title ? `${one.id}: ${one.title}` : one.id }));
const passed = (about: About) => (stand(about).units ?? []).filter((one) => one.acknowledged_s == null);
const watch = { kind: "drill", right: "acknowledge" } as const;

export const DRILL: readonly Act[] = [
  {
    kind: "drill", right: "council", word: "", type: "drill_opened", label: A.drillOpen, tone: "primary", fits: () => true,
    fields: [
      ROLE,
      { name: "callee", as: "party", label: F.to, required: true },
      {
        name: "what", as: "choice", label: F.drillWhat, required: true,
        options: () => [{ value: "surprise", label: F.surprise() }, { value: "end_to_end", label: F.endToEnd() }, { value: "pause", label: F.pause() }],
      },
      { name: "until_s", as: "time", label: F.until, required: true, shows: (values) => values.what === "pause" },
      { ...WORDS, label: F.reason, required: true, shows: (values) => values.what === "pause" },
    ],
    start: (about) => ({ what: "surprise", callee: rules.view?.parties.find((one) => one !== about.us) ?? "" }),
    body: (values, about) => ({ what: text(values, "what"), parties: [about.us, text(values, "callee")], until_s: values.what === "pause" ? number(values, "until_s") : null }),
  },
  { ...watch, word: "answer", type: "drill_answered", label: A.drillAnswer, tone: "primary", fits: (about) => called(about) && ["scheduled", "surprise"].includes(stand(about).what), fields: [ROLE, WORDS] },
  { ...watch, word: "read", type: "drill_read", label: A.drillRead, tone: "primary", fits: (about) => called(about) && deep(about) && stand(about).read_s == null, fields: [ROLE, WORDS] },
  {
    ...watch, word: "pass", type: "drill_passed", label: A.drillPass, tone: "primary",
    fits: (about) => called(about) && deep(about) && stand(about).read_s != null,
    fields: [ROLE, { name: "units", as: "ticks", label: F.units, required: true, options: (about) => units(about.us) }],
    body: (values) => ({ units: list(values, "units") }),
  },
  {
    ...watch, word: "acknowledge", type: "drill_acknowledged", label: A.drillAcknowledge, tone: "primary",
    fits: (about) => called(about) && deep(about) && passed(about).length > 0,
    fields: [ROLE, { name: "unit", as: "choice", label: F.unit, required: true, options: (about) => passed(about).map((one) => ({ value: one.unit, label: one.unit })) }, { name: "code", as: "line", label: F.code }],
    start: (about) => ({ unit: passed(about)[0]?.unit ?? "" }),
  },
  {
    kind: "drill", right: "council", word: "resume", type: "drill_resumed", label: A.drillResume,
    fits: (about) => about.matter?.matter.opener === about.us && stand(about).what === "pause" && stand(about).ended_s == null && (about.matter?.stand.is_open ?? true),
    fields: [ROLE, WORDS],
  },
];
