import { A } from "../../../words/council_acts.ts";
import { F } from "../../../words/council_fields.ts";
import { CLAUSE, MEETING, REASON, ROLE, SAID, TITLE, WORDS } from "../matter/common.ts";
import { type About, type Act } from "../matter/spec.ts";
import { standOf, type ActionStand } from "../matter/stands.ts";

const open = (about: About) => about.matter?.stand.is_open ?? true;
const ours = (about: About) => about.matter?.matter.opener === about.us;

export const DECISION: readonly Act[] = [
  {
    kind: "decision", right: "council", word: "", type: "decision_proposed", label: A.decisionOpen, tone: "primary", fits: () => true,
    fields: [ROLE, TITLE, { name: "text", as: "text", label: F.text, required: true, rows: 6 }, CLAUSE, MEETING, WORDS],
    start: (_about, query) => ({ meeting: query.meeting ?? "" }),
  },
  {
    kind: "decision", right: "council", word: "position", type: "decision_position", label: A.decisionPosition, tone: "primary", fits: open,
    fields: [
      ROLE,
      {
        name: "position", as: "choice", label: F.position, required: true,
        options: () => [{ value: "adopt", label: F.adopt() }, { value: "defer", label: F.defer() }, { value: "reserve", label: F.reserve() }],
      },
      { name: "dissent", as: "text", label: F.dissent, rows: 3 },
      WORDS,
    ],
    start: () => ({ position: "adopt" }),
  },
  { kind: "decision", right: "council", word: "withdraw", type: "decision_withdrawn", label: A.withdraw, tone: "danger", fits: (about) => open(about) && ours(about), fields: [ROLE, REASON] },
];

const action = (about: About) => standOf<ActionStand>(about.matter);
const owned = (about: About) => action(about).owner === about.us;
const claimed = (about: About) =>
  open(about) && Boolean(action(about).claim) && !owned(about) && !action(about).confirmed?.includes(about.us);

export const ACTION: readonly Act[] = [
  {
    kind: "action", right: "council", word: "", type: "action_opened", label: A.actionOpen, tone: "primary", fits: () => true,
    fields: [
      ROLE, TITLE,
      { name: "owner", as: "party", label: F.owner, required: true },
      { name: "owner_role", as: "line", label: F.ownerRole, required: true },
      { name: "due_s", as: "time", label: F.due, required: true },
      { name: "text", as: "text", label: F.text, rows: 4 },
      CLAUSE, MEETING, WORDS,
    ],
    start: (about, query) => ({ owner: about.us, owner_role: "deputy", meeting: query.meeting ?? "" }),
  },
  {
    kind: "action", right: "council", word: "done", type: "action_done", label: A.actionDone, tone: "primary",
    fits: (about) => open(about) && owned(about) && action(about).state === "open",
    fields: [ROLE, { name: "proof", as: "text", label: F.proof, required: true, rows: 3 }, { name: "evidence", as: "hash", label: F.proofHash }, WORDS],
  },
  {
    kind: "action", right: "council", word: "confirm", type: "action_confirmed", label: A.actionConfirm, tone: "primary", fits: claimed,
    fields: [ROLE, WORDS], body: (_values, about) => ({ claim: action(about).claim }),
  },
  {
    kind: "action", right: "council", word: "return", type: "action_returned", label: A.actionReturn, tone: "danger", fits: claimed,
    fields: [ROLE, SAID], body: (_values, about) => ({ claim: action(about).claim }),
  },
  {
    kind: "action", right: "council", word: "move", type: "action_moved", label: A.actionMove,
    fits: (about) => open(about) && !owned(about),
    fields: [ROLE, { name: "due_s", as: "time", label: F.due, required: true }, WORDS],
    start: (about) => ({ due_s: action(about).due_s }),
  },
  { kind: "action", right: "council", word: "remark", type: "action_remarked", label: A.actionRemark, fits: open, fields: [ROLE, SAID] },
  { kind: "action", right: "council", word: "withdraw", type: "action_withdrawn", label: A.withdraw, tone: "danger", fits: (about) => open(about) && ours(about), fields: [ROLE, REASON] },
];

