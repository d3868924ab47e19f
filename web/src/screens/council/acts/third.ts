import { rules } from "../matter/rules.svelte.ts";
import { A } from "../../../words/council_acts.ts";
import { F } from "../../../words/council_fields.ts";
import { REASON, ROLE, WORDS } from "../matter/common.ts";
import { aboutOf } from "../matter/names.ts";
import { number, text, type About, type Act } from "../matter/spec.ts";
import { standOf, type CaveatStand, type ConsentStand } from "../matter/stands.ts";

const stand = (about: About) => standOf<CaveatStand>(about.matter);
const raised = (about: About) => about.matter?.matter.opener === about.us;
const STANDS = ["owed", "unacknowledged", "cannot", "relayed", "accepted"];
const stands = (about: About) => STANDS.includes(stand(about).state);
const owes = (about: About) => stand(about).owed_by === about.us && stands(about);

export const CAVEAT: readonly Act[] = [
  {
    kind: "caveat", right: "council", word: "", type: "caveat_raised", label: A.caveatOpen, tone: "primary", fits: () => true,
    fields: [
      ROLE, { name: "who", as: "line", label: F.who, required: true }, { ...WORDS, required: true },
      { name: "about", as: "refs", label: F.about, required: true, kinds: ["activity", "conflict", "area"] },
      { name: "owed_by", as: "party", label: F.owedBy, required: true },
      { name: "owed_role", as: "line", label: F.owedRole, required: true },
      { name: "begins_s", as: "time", label: F.begins },
    ],
    start: (about, query) => ({ owed_by: about.us, owed_role: "duty officer", about: query.about ? [aboutOf(query)] : [] }),
    body: (values) => ({
      who: text(values, "who"),
      about: Array.isArray(values.about) ? String(values.about[0] ?? "") : "",
      owed_by: text(values, "owed_by"),
      owed_role: text(values, "owed_role"),
      begins_s: number(values, "begins_s"),
    }),
  },
  {
    kind: "caveat", right: "council", word: "relay", type: "caveat_relayed", label: A.caveatRelay, tone: "primary",
    fits: (about) => owes(about) && stand(about).state !== "relayed",
    fields: [
      ROLE,
      { name: "to", as: "line", label: F.to, required: true },
      { name: "how", as: "line", label: F.how, required: true },
      { name: "done_s", as: "time", label: F.doneAt },
      { name: "acknowledged", as: "line", label: F.acknowledged },
      WORDS,
    ],
    body: (values, about) => ({
      of_turn: stand(about).turn, to: text(values, "to"), how: text(values, "how"), done_s: number(values, "done_s"), acknowledged: text(values, "acknowledged"),
    }),
  },
  {
    kind: "caveat", right: "council", word: "cannot", type: "caveat_cannot", label: A.caveatCannot, tone: "danger",
    fits: (about) => owes(about) && !stand(about).relay,
    fields: [ROLE, { ...REASON, name: "reason" }],
    body: (values, about) => ({ of_turn: stand(about).turn, reason: text(values, "reason") }),
  },
  {
    kind: "caveat", right: "council", word: "accept", type: "caveat_accepted", label: A.caveatAccept, tone: "primary",
    fits: (about) => stand(about).owed_by !== about.us && ["unacknowledged", "cannot"].includes(stand(about).state) && !stand(about).accepted?.includes(about.us),
    fields: [ROLE, WORDS], body: (_values, about) => ({ of_turn: stand(about).answer_turn }),
  },
  {
    kind: "caveat", right: "council", word: "change", type: "caveat_changed", label: A.caveatChange,
    fits: (about) => raised(about) && stands(about) && !stand(about).declared,
    fields: [ROLE, { name: "who", as: "line", label: F.who, required: true }, { name: "begins_s", as: "time", label: F.begins }, WORDS],
    start: (about) => ({ who: stand(about).who, begins_s: stand(about).begins_s ?? null }),
  },
  {
    kind: "caveat", right: "council", word: "withdraw", type: "caveat_withdrawn", label: A.withdraw, tone: "danger",
    fits: (about) => raised(about) && stands(about), fields: [ROLE, { ...REASON, name: "reason" }],
    body: (values) => ({ reason: text(values, "reason") }),
  },
];

const consent = (about: About) => standOf<ConsentStand>(about.matter);
const asked = (about: About) => about.matter?.matter.opener !== about.us && consent(about).state !== "ended";

/** The role on whose word the decision level rests: the last of the agreement's escalation. */
const deciding = () => rules.view?.notice.escalation?.at(-1)?.role ?? "decision level";
const has = (about: About, level: string) => consent(about).given?.some((one) => one.party === about.us && one.level === level) ?? false;

export const CONSENT: readonly Act[] = [
  {
    kind: "consent", right: "council", word: "give", type: "consent_given", label: A.consentGive, tone: "primary",
    fits: (about) => asked(about) && !(has(about, "duty level") && has(about, "decision level")),
    fields: [ROLE, WORDS],
    start: (about) => ({ role: has(about, "duty level") ? deciding() : "duty officer" }),
    body: (_values, about) => ({ digest: consent(about).digest }),
  },
  {
    kind: "consent", right: "council", word: "refuse", type: "consent_refused", label: A.consentRefuse, tone: "danger",
    fits: (about) => asked(about) && !(about.us in (consent(about).refused ?? {})),
    fields: [ROLE, { ...REASON, name: "reason" }],
    start: () => ({ role: "duty officer" }),
    body: (values, about) => ({ digest: consent(about).digest, reason: text(values, "reason") }),
  },
];
