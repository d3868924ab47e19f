/** The fields of a step beside who, when and in what words, ready to be shown. */
import type { Said } from "../../../kernel/records.ts";
import type { Cited } from "../../../kernel/types.ts";
import { F } from "../../../words/council_fields.ts";
import { W } from "../../../words/council.ts";
import { named } from "./names.ts";
import type { When } from "./stands.ts";

export type Shown =
  | { label: string; as: "text" | "long" | "code"; text: string }
  | { label: string; as: "time"; at_s: number }
  | { label: string; as: "window"; from_s: number; to_s: number }
  | { label: string; as: "refs"; refs: string[] }
  | { label: string; as: "party"; party: string }
  | { label: string; as: "evidence"; pieces: Cited[] };

const LABELS: Record<string, () => string> = {
  title: F.title, text: F.text, clause: F.clause, meeting: F.meeting, assurance: F.assurance, answers: F.answers,
  position: F.position, dissent: F.dissent, owner: F.owner, owner_role: F.ownerRole, due_s: F.due, proof: F.proof,
  digest: F.digest, until_s: F.until, ends_s: F.ends, happened_s: F.happened, about: F.about, act: F.act,
  harm: F.harm, third_parties: F.thirdParties, actions: F.actions, number: F.number, entries: F.entries, size: F.size,
  from_s: F.from, to_s: F.end, place: F.place, head: F.head, members: F.members, answer: F.answer, ref: F.ref, item: F.item,
  who: F.who, owed_by: F.owedBy, owed_role: F.owedRole, begins_s: F.begins, to: F.to, how: F.how, done_s: F.doneAt,
  acknowledged: F.acknowledged, reason: F.reason, activity: F.activity, area: F.area, channel: F.channel,
  meeting_kind: F.meetingKind, entry: F.entry, final: F.final, urgent: F.urgent,
  activated: F.activated, without_clause: F.noClause,
};
const ENUMS: Record<string, Record<string, () => string>> = {
  position: { adopt: F.adopt, defer: F.defer, reserve: F.reserve },
  answer: { accepted: F.comeAccepted, tentative: F.comeTentative, declined: F.comeDeclined },
  harm: { yes: W.yes, no: W.no, unknown: F.unknown },
  meeting_kind: { plenary: F.plenary, "working-group": F.workingGroup, extraordinary: F.extraordinary },
};
/** Shown elsewhere, or of no use to a reader. */
const LEFT_OUT = new Set(["type", "title", "opener", "matter", "turn", "at_s", "role", "words", "parties", "figures", "scope", "of_turn", "claim", "agrees", "slots", "declared", "code", "declined"]);
/** Of openings: what stands above all steps already. */
const IN_HEADER = new Set(["agreement_proposed text", "agreement_countered text", "concern_raised evidence", "concern_raised clause", "decision_proposed text", "action_opened text", "assurance_given clause"]);
const REFS = new Set(["meeting", "assurance", "answers", "ref", "actions"]);
const LONG = new Set(["text", "proof", "dissent", "reason", "third_parties"]);
const CODES = new Set(["digest", "entry"]);

export function fieldsOf(said: Said): Shown[] {
  const flat = said.form && typeof said.form === "object" ? { ...said, ...(said.form as object) } : said;
  return Object.entries(flat).flatMap(([name, value]) => (LEFT_OUT.has(name) || name === "form" ? [] : one(said.type, name, value)));
}

function one(type: string, name: string, value: unknown): Shown[] {
  const label = LABELS[name]?.() ?? name;
  if (value === null || value === undefined || value === "" || value === false) return [];
  if (IN_HEADER.has(`${type} ${name}`)) return [];
  if (name === "evidence") return Array.isArray(value) ? (value.length ? [{ label: F.evidence(), as: "evidence", pieces: value as Cited[] }] : []) : [{ label: F.proofHash(), as: "code", text: String(value) }];
  if (name === "when") return [{ label: F.when(), as: "window", from_s: (value as When).start_s, to_s: (value as When).end_s }];
  if (typeof value === "number" && name.endsWith("_s")) return [{ label, as: "time", at_s: value }];
  if (value === true) return [{ label, as: "text", text: W.yes() }];
  if (name === "owner" || name === "owed_by") return [{ label, as: "party", party: String(value) }];
  if (Array.isArray(value)) return list(label, name, value.map(String));
  if (REFS.has(name) || (name === "about" && named(String(value)))) return [{ label, as: "refs", refs: [String(value)] }];
  if (typeof value === "object") return [];
  const word = ENUMS[name]?.[String(value)];
  const as = LONG.has(name) ? "long" : CODES.has(name) ? "code" : "text";
  return [{ label, as, text: word ? word() : String(value) }];
}

function list(label: string, name: string, values: string[]): Shown[] {
  if (!values.length) return [];
  return REFS.has(name) || name === "about" ? [{ label, as: "refs", refs: values }] : [{ label, as: "text", text: values.join(", ") }];
}
