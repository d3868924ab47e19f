import { A } from "../../../words/council_acts.ts";
import { F } from "../../../words/council_fields.ts";
import { zuluMinute } from "../../../kernel/zulu.ts";
import { CLAUSE, REASON, ROLE, TITLE, WORDS } from "../matter/common.ts";
import { lines, number, text, type About, type Act, type FieldSpec, type Option, type Values } from "../matter/spec.ts";
import { standOf, type MeetingStand, type When } from "../matter/stands.ts";

const stand = (about: About) => standOf<MeetingStand>(about.matter);
const open = (about: About) => about.matter?.stand.is_open ?? true;
const before = (about: About) => open(about) && stand(about).held_s == null;
const own = { kind: "meeting", right: "council" } as const;

const START: FieldSpec = { name: "start_s", as: "time", label: F.start, hint: F.placeOpen };
const END: FieldSpec = { name: "end_s", as: "time", label: F.end, shows: (values) => values.start_s !== null, required: true };
const PLACE: FieldSpec = { name: "place", as: "line", label: F.place, hint: F.placeOpen };

function when(values: Values): When | null {
  const [start_s, end_s] = [number(values, "start_s"), number(values, "end_s")];
  return start_s === null || end_s === null ? null : { start_s, end_s };
}

const held = (about: About) => Object.entries(stand(about).holds ?? {}).filter(([party]) => party !== about.us);
export const span = (one: When) => `${zuluMinute(one.start_s)} – ${zuluMinute(one.end_s)}`;

/** What the others propose: what an acceptance names word for word. */
function proposals(about: About): Option[] {
  const found = held(about).flatMap(([party, one]) => {
    if (!one.when && !one.place) return [];
    const said = { when: one.when ?? null, place: one.place ?? "" };
    return [{ value: JSON.stringify(said), label: `${party}: ${[one.when ? span(one.when) : "", one.place ?? ""].filter(Boolean).join(", ")}` }];
  });
  return found;
}

export const MEETING: readonly Act[] = [
  {
    ...own, word: "", type: "meeting_called", label: A.meetingOpen, tone: "primary", fits: () => true,
    fields: [
      ROLE, TITLE,
      {
        name: "meeting_kind", as: "choice", label: F.meetingKind, required: true,
        options: () => [{ value: "working-group", label: F.workingGroup() }, { value: "plenary", label: F.plenary() }, { value: "extraordinary", label: F.extraordinary() }],
      },
      START, END, PLACE, { name: "head", as: "line", label: F.head }, WORDS,
    ],
    start: () => ({ meeting_kind: "working-group" }),
    body: (values) => ({ title: text(values, "title"), meeting_kind: text(values, "meeting_kind"), when: when(values), place: text(values, "place"), head: text(values, "head") }),
  },
  {
    ...own, word: "answer", type: "meeting_answered", label: A.meetingAnswer, tone: "primary",
    fits: (about) => before(about) && proposals(about).length > 0,
    fields: [
      ROLE,
      {
        name: "answer", as: "choice", label: F.answer, required: true,
        options: () => [{ value: "accepted", label: F.comeAccepted() }, { value: "tentative", label: F.comeTentative() }, { value: "declined", label: F.comeDeclined() }],
      },
      { name: "accepting", as: "choice", label: F.accepting, required: true, options: proposals, shows: (values) => values.answer === "accepted" },
      WORDS,
    ],
    start: (about) => ({ answer: "accepted", accepting: proposals(about)[0]?.value ?? "" }),
    body: (values) => {
      const taken = values.answer === "accepted" ? (JSON.parse(text(values, "accepting")) as { when: When | null; place: string }) : { when: null, place: "" };
      return { answer: text(values, "answer"), ...taken };
    },
  },
  {
    ...own, word: "propose", type: "meeting_proposed", label: A.meetingPropose, fits: before,
    fields: [ROLE, START, END, PLACE, WORDS],
    body: (values) => ({ when: when(values), place: text(values, "place") }),
  },
  {
    ...own, word: "delegation", type: "meeting_delegation", label: A.meetingDelegation, fits: open,
    fields: [ROLE, { name: "head", as: "line", label: F.head, required: true }, { name: "members", as: "text", label: F.members, rows: 4 }, WORDS],
    start: (about) => ({ head: stand(about).heads?.[about.us] ?? "", members: (stand(about).members?.[about.us] ?? []).join("\n") }),
    body: (values) => ({ head: text(values, "head"), members: lines(text(values, "members")) }),
  },
  {
    ...own, word: "point", type: "meeting_point", label: A.meetingPoint, fits: before,
    fields: [ROLE, TITLE, { name: "ref", as: "matter", label: F.ref, kinds: ["concern", "action", "decision", "incident", "assurance", "agreement", "caveat", "review"] }, CLAUSE, WORDS],
  },
  {
    ...own, word: "held", type: "meeting_held", label: A.meetingHeld, tone: "primary",
    fits: (about) => before(about) && (stand(about).when?.start_s ?? Infinity) <= about.now_s, fields: [ROLE, WORDS],
  },
  {
    ...own, word: "agree", type: "meeting_agreed", label: A.meetingAgree, tone: "primary",
    fits: (about) => open(about) && stand(about).minutes != null && !stand(about).minutes!.agreed.includes(about.us),
    fields: [ROLE, { name: "dissent", as: "text", label: F.dissent, rows: 3 }, WORDS],
    body: (values, about) => ({ digest: stand(about).minutes?.digest, dissent: text(values, "dissent") }),
  },
  {
    ...own, word: "minutes", type: "meeting_minutes", label: A.meetingMinutes,
    fits: (about) => open(about) && stand(about).held_s != null,
    fields: [ROLE, { name: "text", as: "text", label: F.text, required: true, rows: 14 }, WORDS],
    start: (about) => ({ text: stand(about).minutes?.text ?? "" }),
  },
  {
    ...own, word: "postpone", type: "meeting_postponed", label: A.meetingPostpone, tone: "danger",
    fits: (about) => before(about) && Object.values(stand(about).holds ?? {}).some((one) => one.when), fields: [ROLE, REASON],
  },
  { ...own, word: "cancel", type: "meeting_cancelled", label: A.meetingCancel, tone: "danger", fits: before, fields: [ROLE, REASON] },
];
