import { rules } from "../matter/rules.svelte.ts";
import { A } from "../../../words/council_acts.ts";
import { F } from "../../../words/council_fields.ts";
import { AG } from "../../../words/council_agreement.ts";
import { REASON, ROLE, WORDS } from "../matter/common.ts";
import type { About, Act, FieldSpec } from "../matter/spec.ts";
import { standOf, type AgreementStand } from "../matter/stands.ts";

const stand = (about: About) => standOf<AgreementStand>(about.matter);
const keys = (about: About) => stand(about).keys?.find((one) => one.party === about.us);
const onTable = (about: About) => ["proposed", "signing"].includes(stand(about).state);
const unsigned = (about: About) => onTable(about) && (keys(about)?.turned ?? 0) < (keys(about)?.keys ?? 1);
const suspended = (about: About) => stand(about).suspensions?.some((one) => one.until_s === null || one.until_s === undefined) ?? false;
const weSuspend = (about: About) => stand(about).suspensions?.some((one) => one.party === about.us && one.until_s == null) ?? false;
const signed = (about: About) => stand(about).signed_s != null;
/** A text that a later one has replaced is suspended and ended no more. */
const current = (about: About) => signed(about) && stand(about).version >= (rules.view?.version ?? 0);
const unticked = (about: About) =>
  (stand(about).checklist ?? []).filter((one) => !stand(about).ticked?.[about.us]?.includes(one.id));
const allTicked = (about: About) =>
  (stand(about).checklist ?? []).every((one) => about.matter?.matter.parties.every((party) => stand(about).ticked?.[party]?.includes(one.id)));
const TOML: FieldSpec = { name: "text", as: "file", label: AG.tomlText, hint: AG.tomlHint, required: true, rows: 14 };
const own = { kind: "agreement" } as const;
const asSignatory = (about: About) => ({ role: keys(about)?.role ?? rules.lead(about.us) });

export const AGREEMENT: readonly Act[] = [
  { ...own, right: "council", word: "", type: "agreement_proposed", label: A.agreementOpen, tone: "primary", fits: () => true, fields: [ROLE, TOML, WORDS] },
  {
    ...own, right: "sign", word: "sign", type: "agreement_signed", label: A.agreementSign, tone: "primary", fits: unsigned,
    fields: [ROLE, WORDS], start: asSignatory, body: (_values, about) => ({ digest: stand(about).digest }),
  },
  { ...own, right: "council", word: "counter", type: "agreement_countered", label: A.agreementCounter, fits: unsigned, fields: [ROLE, TOML, WORDS] },
  { ...own, right: "council", word: "reject", type: "agreement_rejected", label: A.agreementReject, tone: "danger", fits: unsigned, fields: [ROLE, REASON] },
  {
    ...own, right: "council", word: "tick", type: "agreement_ticked", label: A.agreementTick, tone: "primary",
    fits: (about) => current(about) && suspended(about) && unticked(about).length > 0,
    fields: [ROLE, { name: "item", as: "choice", label: F.item, required: true, options: (about) => unticked(about).map((one) => ({ value: one.id, label: one.text })) }, WORDS],
    start: (about) => ({ item: unticked(about)[0]?.id ?? "" }),
  },
  {
    ...own, right: "sign", word: "resume", type: "agreement_resumed", label: A.agreementResume, tone: "primary",
    fits: (about) => current(about) && weSuspend(about) && allTicked(about), fields: [ROLE, WORDS], start: asSignatory,
  },
  {
    ...own, right: "sign", word: "suspend", type: "agreement_suspended", label: A.agreementSuspend, tone: "danger",
    fits: (about) => current(about) && !weSuspend(about), fields: [ROLE, REASON], start: asSignatory,
  },
  {
    ...own, right: "sign", word: "terminate", type: "agreement_terminated", label: A.agreementTerminate, tone: "danger",
    fits: (about) => current(about) && stand(about).ends_s == null,
    fields: [ROLE, { name: "ends_s", as: "time", label: F.ends, required: true }, REASON],
    start: (about) => ({ ...asSignatory(about), ends_s: Math.ceil((about.now_s + (rules.view?.council.term?.notice_s ?? 0)) / 3600 + 1) * 3600 }),
  },
];
