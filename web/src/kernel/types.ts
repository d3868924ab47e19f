// What the node's API takes and gives. Made from /openapi.json by docs/generate.py; `make docs`
// renews it. A field that has a default may be left out, by both sides.

/** seen: names of all open items, each of which was looked at. */
export interface AcceptForm {
  role: string;
  seen?: string[];
}

/** code: the check digits of an offline slip, if it came on paper. */
export interface AcknowledgeForm {
  unit: string;
  code?: string;
}

/** The sender has seen that it is done. claim: the turn of the word that it confirms. */
export interface ActionConfirmed {
  type: "action_confirmed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  claim: number;
}

/** The owner says that it is done. evidence: SHA-256 of what proves it, where there is any. */
export interface ActionDone {
  type: "action_done";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  proof: string;
  evidence?: string;
}

/** Another due date; nobody puts off what it owes itself, the owner asks in a remark. */
export interface ActionMoved {
  type: "action_moved";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  due_s: number;
}

/** What is to be done by whom until when; meeting: where it was agreed. */
export interface ActionOpened {
  type: "action_opened";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  title: string;
  owner: string;
  owner_role: string;
  due_s: number;
  text?: string;
  meeting?: string;
  clause?: string;
}

/** How it goes, or what is asked; words says it. */
export interface ActionRemarked {
  type: "action_remarked";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** The sender sees that it is not done; words: what is missing. claim: the turn it answers. */
export interface ActionReturned {
  type: "action_returned";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  claim: number;
}

/** How long before an action item is due its owner is warned. */
export interface ActionRules {
  warn_s?: number;
  clause?: string;
}

/** Whoever opened it asks for it no longer. */
export interface ActionWithdrawn {
  type: "action_withdrawn";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** next: the cursor of the next page; empty: this is the last. */
export interface ActivityPage {
  items: Held[];
  next: string;
}

/** The items of an agenda, in order. */
export interface Agenda {
  items: Item[];
}

/** Another text takes the place of the one on the table, and of its signatures. */
export interface AgreementCountered {
  type: "agreement_countered";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  text: string;
}

/** Which agreement the node works under. from_s, until_s: its validity; null: open. */
export interface AgreementHead {
  id: string;
  version: number;
  title: string;
  digest: string;
  builtin: boolean;
  matter: string;
  from_s: number | null;
  until_s: number | null;
  state: "expired" | "in force" | "not yet in force" | "suspended" | "terminated";
  suspended_by?: string[];
}

/** A text is on the table: the first, or an amendment of the one in force. */
export interface AgreementProposed {
  type: "agreement_proposed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  text: string;
}

/** The sender does not sign, or takes back what it proposed; words: why. */
export interface AgreementRejected {
  type: "agreement_rejected";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** The sender ends its suspension; every item is ticked by every party. */
export interface AgreementResumed {
  type: "agreement_resumed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** One key of the sender's: it signs the text on the table, which has this digest. */
export interface AgreementSigned {
  type: "agreement_signed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  digest: string;
}

/** The sender suspends it; words: why. The hotline, interference and alarms stay open. */
export interface AgreementSuspended {
  type: "agreement_suspended";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** The sender gives notice: the agreement ends then. */
export interface AgreementTerminated {
  type: "agreement_terminated";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  ends_s: number;
}

/** An item of the checklist is done on the sender's side. */
export interface AgreementTicked {
  type: "agreement_ticked";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  item: string;
}

/** What all parties signed. theatre null: no area is named; times null: open-ended. */
export interface AgreementView {
  id: string;
  version: number;
  title: string;
  builtin: boolean;
  parties: string[];
  theatre: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere | null;
  clauses: Clause[];
  separations: MinimaView[];
  heights: HeightRanges;
  notice_periods: PeriodView[];
  restrictions: BandView[];
  channels: Channel[];
  contacts: Contact[];
  named_points: PointView[];
  start_s: number | null;
  end_s: number | null;
  notice: NoticeRules;
  spectrum: SpectrumRules;
  council: CouncilRules;
  languages: string[];
  forces: ForceView[];
  caution_areas: CautionAreaView[];
  protected: ProtectedView[];
  prohibited: ProhibitedAct[];
  signatories: Signatory[];
}

/** Something that must not pass unseen; it stays until cleared by its cause or a person. */
export interface Alarm {
  id: string;
  kind: string;
  subject: string;
  text: string;
  raised_s: number;
  roles?: string[];
  cleared_s?: number | null;
  cleared_why?: string;
}

/** Alarms, newest first. */
export interface AlarmPage {
  items: Alarm[];
}

/** text: numbered groups with check characters, one a line; spoken: each line spelt in words. */
export interface AloudShown {
  text: string;
  spoken?: string[];
}

/** A new revision of an activity. */
export interface Amendment {
  contact: string;
  activity: WireActivity;
  doubt?: string;
  third_parties?: string;
  checked?: Checked | null;
}

/** What a command did. Only what the command was about is there; the rest is empty. */
export interface Answer {
  activity?: Held | null;
  conflicts?: Met[];
  broken?: Broken[];
  not_judged?: NotJudged[];
  notices?: Notice[];
  case?: InterferenceCase | null;
  matter?: Matter | null;
  advice?: string[];
  reply?: string;
  refusal?: string;
  count?: number;
}

/** when_s: when it ceased, or by when it will; left out: now, or in the time an answer has. */
export interface AnswerForm {
  role: string;
  answer: CeaseAnswer;
  when_s?: number | null;
  reason?: string;
}

/** How soon a message of a precedence is answered. */
export interface AnswerWait {
  precedence: Precedence;
  answer_s: number;
  clause?: string;
}

/** How an antenna spreads its power. */
export type AntennaKind = "omni" | "parabolic" | "radar" | "sector";

/** A rung that was reached. clock: whose clock at_s is by. */
export interface ApiViewsStep {
  rung: Rung;
  at_s: number;
  clock: "ours" | "theirs";
  unit?: string;
  by?: string;
}

/** Where a volume lives. */
export type Arena = "air" | "sea" | "spectrum";

/** party: whose activity; empty: our own. volume: empty for all that it radiates. */
export interface AssessForm {
  activity: string;
  party?: string;
  volume?: string;
  within?: boolean;
}

/** Whoever opens it gives it. answers: the concern that it answers, if any. */
export interface AssuranceGiven {
  type: "assurance_given";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  title: string;
  scope: WireScope;
  clause?: string;
  answers?: string;
}

/** Said by the giver's node when it is over; it lapses at its expiry on every side anyhow. */
export interface AssuranceLapsed {
  type: "assurance_lapsed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** Its expiry moves on; it cannot be renewed when it has lapsed. */
export interface AssuranceRenewed {
  type: "assurance_renewed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  until_s: number;
}

/** How long an assurance may last, and how long before it lapses both sides are warned. */
export interface AssuranceRules {
  longest_s?: number;
  warn_s?: number;
  clause?: string;
}

/** It ends before its expiry, at ends_s; words: why. */
export interface AssuranceWithdrawn {
  type: "assurance_withdrawn";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  ends_s: number;
}

/** Refusals, newest first; dropped: how many older ones are no longer kept. */
export interface AuditPage {
  items: Refused[];
  dropped: number;
}

/** How far an audit has come, and what the last one found; null: there was none yet. */
export interface AuditState {
  running: boolean;
  peer: string;
  done: number;
  total: number;
  started_s: number | null;
  last: Verdict | null;
}

/** A copy of the store. sha256: of the file, as it was made; empty: it is not written down. */
export interface Backup {
  name: string;
  made_s: number;
  size: number;
  sha256: string;
}

/** A band, a window, and an area; without one: the whole Earth. */
export interface BandForm {
  low_hz: number;
  high_hz: number;
  start_s: number;
  end_s: number;
  area?: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere;
}

/** A band that the parties keep free in an area; null: open-ended. */
export interface BandView {
  id: string;
  kind: string;
  clause: string;
  low_hz: number;
  high_hz: number;
  area: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere;
  start_s: number | null;
  end_s: number | null;
  title: string;
  contact: string;
  review_s: number | null;
  source: string;
  verified: boolean;
}

/** The phrase book. */
export interface BookShown {
  version: number;
  phrases: PhraseShown[];
}

/** An activity that acts against an assurance of its party, from when to when, and a place. */
export interface Broken {
  party: string;
  assurance: string;
  activity: string;
  revision: number;
  clause: string;
  volume: string;
  from_s: number;
  to_s: number;
  lon_deg: number;
  lat_deg: number;
  found_s: number;
  notes?: string[];
  private?: boolean;
  ended_s?: number | null;
  ended_why?: string;
}

/** Broken assurances; left_out: how many of the page the asker may not see. */
export interface BrokenPage {
  items: Broken[];
  next: string;
  left_out: number;
}

/** Either party says more. */
export interface CallAdded {
  type: "call_added";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  code?: string;
  values?: string[];
  language?: string;
}

/** The called party's answer. */
export interface CallAnswered {
  type: "call_answered";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  code?: string;
  values?: string[];
  language?: string;
}

/** The call is over. */
export interface CallClosed {
  type: "call_closed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** What the other party read to us by voice in this call; of_turn: its step there. */
export interface CallHeard {
  type: "call_heard";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  code?: string;
  values?: string[];
  language?: string;
  said: string;
  of_turn: number;
  by_role: string;
  told_s: number;
}

/** One party calls a role of another. */
export interface CallMade {
  type: "call_made";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  precedence: Precedence;
  to_role: string;
  code?: string;
  values?: string[];
  language?: string;
  heard?: HeardFrom | null;
}

/** The call that came over the line is the one we heard by voice as `other`; same: word by word. */
export interface CallMatched {
  type: "call_matched";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  other: string;
  same: boolean;
}

/** The call is passed on to another role, which is rung; until it takes it, nothing changes. */
export interface CallPassed {
  type: "call_passed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  to_role: string;
}

/** The role has read the call. */
export interface CallRead {
  type: "call_read";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** The called party's node alerts these roles now; unmanned: of those nobody has the watch. */
export interface CallRung {
  type: "call_rung";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  roles: string[];
  unmanned?: string[];
}

/** The role takes the call: it is the one that holds it now. */
export interface CallTaken {
  type: "call_taken";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** A translation of the words of one step; the original stays. */
export interface CallTranslated {
  type: "call_translated";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  of_turn: number;
  of_party: string;
  language: string;
  text: string;
  translator: string;
  machine: boolean;
}

/** A peer's card, exactly as its node wrote it; its fingerprint was read aloud. */
export interface CardForm {
  card: string;
}

/** What a card says. fingerprint: of its root key, to be read aloud. */
export interface CardView {
  party: string;
  url: string;
  fingerprint: string;
  trusted?: string;
}

/** Cases by opener and id, each with its newest step alone; the case itself has all. */
export interface CasePage {
  items: InterferenceCase[];
  next: string;
}

/** How far a case has come; asked and ceasing run against a clock. */
export type CaseState = "answered" | "asked" | "ceasing" | "closed" | "open";

/** One thing that one side said of a case. */
export interface CaseStep {
  number: number;
  party: string;
  kind: StepKind;
  said_s: number;
  known_s: number;
  role: string;
  message: string;
  index: number;
  words?: string;
  answer?: CeaseAnswer | null;
  when_s?: number | null;
  effect?: Effect | null;
  bearing?: WireBearing | null;
  outcome?: Outcome | null;
  by?: string;
  delivered_s?: number | null;
  problems?: string[];
}

/** An area with a stricter clock; lower and upper null: all heights. */
export interface CautionAreaView {
  id: string;
  title: string;
  clause: string;
  area: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere;
  lower: LimitView | null;
  upper: LimitView | null;
  start_s: number | null;
  end_s: number | null;
  lead_s: number;
  consent: boolean;
  channel: string;
}

/** Another party accepts that it was not acknowledged, or cannot be passed on. */
export interface CaveatAccepted {
  type: "caveat_accepted";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  of_turn: number;
}

/** It cannot be passed on, says the party that owes it; reason: why. of_turn: as above. */
export interface CaveatCannot {
  type: "caveat_cannot";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  of_turn: number;
  reason: string;
}

/** What they must know has changed: they are to be told anew. By the raiser. */
export interface CaveatChanged {
  type: "caveat_changed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  who: string;
  begins_s?: number | null;
  digest?: string;
}

/** What it is about is over; by the raiser. */
export interface CaveatEnded {
  type: "caveat_ended";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** A third party is affected. words: how. */
export interface CaveatRaised {
  type: "caveat_raised";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  who: string;
  about: string;
  owed_by: string;
  owed_role: string;
  begins_s?: number | null;
  declared?: boolean;
  digest?: string;
}

/** It was passed on, by the party that owes it. */
export interface CaveatRelayed {
  type: "caveat_relayed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  of_turn: number;
  to: string;
  how: string;
  done_s?: number | null;
  acknowledged?: string;
}

/** How soon a party passes on to a third party what concerns it. */
export interface CaveatRules {
  relay_s?: number;
  clause?: string;
}

/** Nobody need be told any more, says the raiser; reason: why. */
export interface CaveatWithdrawn {
  type: "caveat_withdrawn";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  reason: string;
}

/** What the party asked to cease answers. */
export type CeaseAnswer = "cannot" | "ceased" | "ceasing" | "disputed" | "not-ours";

/** role: who asks, as the peer is told. */
export interface CeaseForm {
  role: string;
  words?: string;
}

/** How soon a request to cease interference is answered, by a clause (empty: none cited). */
export interface CeaseRules {
  answer_s?: number;
  safety_s?: number;
  clause?: string;
}

/** What happened to the watch of a role. */
export type Change = "accepted" | "left" | "offered" | "taken" | "taken over";

/** One figure or text that changes: the clause that its table cites, the table, in words. */
export interface ChangeView {
  clause: string;
  table: string;
  kind: string;
  words: string;
}

/** A way for the parties to speak. */
export interface Channel {
  id: string;
  what: string;
  clause?: string;
}

/** Who checked the coordinates, when and how (R11). */
export interface Checked {
  by: string;
  at_s: number;
  how: string;
}

/** One thing that is done and ticked by a role before a suspended agreement is resumed. */
export interface ChecklistItem {
  id: string;
  text: string;
  clause?: string;
}

/** One piece of evidence, and the role that vouches for it. */
export interface Cited {
  kind: Evidence;
  what: string;
  vouched_by: string;
  entry?: string;
  source?: string;
  reported_s?: number | null;
}

/** The code that `node init` printed, and who is to be the first administrator. */
export interface ClaimForm {
  code: string;
  name: string;
  password: string;
}

/** A numbered sentence of the agreement. */
export interface Clause {
  id: string;
  text: string;
  section?: Section;
  texts?: [string, string][];
}

/** How it ended, and what was found. */
export interface CloseForm {
  role: string;
  outcome: Outcome;
  words?: string;
}

/** What a party answers to a proposal; a tentative answer keeps the clock running. */
export type Coming = "accepted" | "declined" | "tentative";

/** Of another party: the concern is well founded. Of its raiser: the answers settle it. */
export interface ConcernAccepted {
  type: "concern_accepted";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** An answer, in words; assurance: one that is given with it. */
export interface ConcernAnswered {
  type: "concern_answered";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  assurance?: string;
}

/** A follow-up question; whoever did not ask it owes an answer by the same clock. */
export interface ConcernAsked {
  type: "concern_asked";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** Of another party: it is not well founded. Of its raiser: the answer does not settle it. */
export interface ConcernDisputed {
  type: "concern_disputed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** A meeting is asked for, or named: kind/opener/id of the matter that it is. */
export interface ConcernMeeting {
  type: "concern_meeting";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  meeting?: string;
}

/** A concern, in words; the other parties owe an answer. */
export interface ConcernRaised {
  type: "concern_raised";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  title: string;
  clause?: string;
  without_clause?: boolean;
  evidence?: Cited[];
  urgent?: boolean;
}

/** Its raiser takes it back; words: why. */
export interface ConcernWithdrawn {
  type: "concern_withdrawn";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** Conflicts; those with ended_s are over. */
export interface ConflictPage {
  items: Met[];
  next: string;
}

/** A conflict for the map and beside it. */
export interface ConflictPicture {
  conflict: Met;
  a: SidePicture;
  b: SidePicture;
  required: MinimaView | null;
  gap_m: number | null;
  nearest: [[number, number], [number, number]] | null;
  area: Geometry | null;
  area_is: "none" | "overlap" | "padded";
  padded_by_m: number;
}

/** An activity of the sender's enters a caution area, whose id, clause and channel are said. */
export interface ConsentAsked {
  type: "consent_asked";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  activity: string;
  area: string;
  title?: string;
  clause?: string;
  channel?: string;
  begins_s?: number | null;
  digest: string;
  activated?: boolean;
}

/** The activity was amended or has begun; another digest voids what was said of the one before. */
export interface ConsentChanged {
  type: "consent_changed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  begins_s?: number | null;
  digest: string;
  activated?: boolean;
}

/** The activity is over, or enters the area no more; by the declarer. */
export interface ConsentEnded {
  type: "consent_ended";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** Another party consents, on the level of the role that says so. */
export interface ConsentGiven {
  type: "consent_given";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  digest: string;
}

/** Another party refuses, or takes its consent back; reason: why. */
export interface ConsentRefused {
  type: "consent_refused";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  digest: string;
  reason: string;
}

/** A role that answers, never a person's name. */
export interface Contact {
  party: string;
  role: string;
  how: string;
}

/** An emission, the receiver that is thought of, and levels or limits of services. */
export interface ContourForm {
  activity: string;
  party?: string;
  volume?: string;
  levels_dbm?: number[];
  services?: string[];
  height_m?: number;
  gain_dbi?: number;
  azimuths?: number;
}

/** What the agreement says of the working group; what it leaves out has these defaults. */
export interface CouncilRules {
  leads?: CouncilRulesLead[];
  question?: QuestionRules;
  assurance?: AssuranceRules;
  incident?: IncidentRules;
  hotline?: HotlineRules;
  watch?: WatchRules;
  drills?: DrillRules;
  meetings?: MeetingRules;
  action?: ActionRules;
  caveat?: CaveatRules;
  term?: TermRules;
  resume_checklist?: ChecklistItem[];
  clause?: string;
}

/** The role that leads a party's side of the working group. */
export interface CouncilRulesLead {
  party: string;
  role: string;
  clause?: string;
}

/** How far one direction of the exchange was counted (figures_ledger.Reach). */
export interface Counted {
  sender: string;
  count: number;
  last?: number;
  last_message?: string;
}

/** The greatest interference; margin_db is a safety margin asked for beside it. */
export interface Criterion {
  kind: CriterionKind;
  value: number;
  reference_hz?: number | null;
  desired_dbm?: number | null;
  margin_db?: number;
}

/** How the greatest interference that a receiver bears is given, at its antenna port. */
export type CriterionKind = "carrier_db" | "i_n_db" | "power_dbm";

/** What a height is measured from. */
export type Datum = "ellipsoid" | "ground" | "msl" | "pressure";

/** A notice must have climbed to the rung within so many seconds of being sent. */
export interface Deadline {
  rung: Rung;
  within_s: number;
  clause: string;
}

/** The sender's position; the newest counts. dissent: kept beside the decision for good. */
export interface DecisionPosition {
  type: "decision_position";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  position: Position;
  dissent?: string;
}

/** A decision is proposed; meeting: in which; clause: of the agreement that it rests on. */
export interface DecisionProposed {
  type: "decision_proposed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  title: string;
  text: string;
  meeting?: string;
  clause?: string;
}

/** The proposer withdraws it; words: why. */
export interface DecisionWithdrawn {
  type: "decision_withdrawn";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** An activity, or a plan (GeoJSON): one of the two; what travels with it. */
export interface Declaration {
  contact: string;
  activity?: WireActivity;
  plan?: unknown;
  doubt?: string;
  third_parties?: string;
  checked?: Checked | null;
}

/** An activity, new or amended, as far as it is disclosed. */
export interface Declare {
  type: "declare";
  activity: WireActivity;
  contact: string;
  doubt?: string;
  third_parties?: string;
  checked?: Checked | null;
}

/** What became of each activity of a plan. */
export interface Declared {
  declared: Answer[];
  refused?: NotDeclared[];
  remarks?: string[];
}

/** A step of ours on its way to one party: its message, and its entry in our ledger. */
export interface Delivery {
  peer: string;
  message: string;
  index: number;
  delivered_s?: number | null;
  received_s?: number | null;
  problems?: string[];
}

/** How much of an activity may leave its party's node. */
export type Disclosure = "extent" | "full" | "private";

/** A volume of a draft; index: its place in what was sent. */
export interface DraftDrawn {
  index: number;
  volume: string;
  shape: "circle" | "corridor" | "everywhere" | "polygon" | "track";
  geometry: Geometry;
  path?: [number, number, number][];
  centre?: [number, number] | null;
  radius_m?: number | null;
}

/** Why a volume of a draft cannot be drawn. */
export interface DraftFault {
  index: number;
  what: string;
  remedy: string;
}

/** volumes: of a draft; each needs its footprint, the rest may be missing or unfinished. */
export interface DraftForm {
  volumes: unknown[];
}

/** What can be drawn of a draft, and why the rest cannot. */
export interface DraftPicture {
  items: DraftDrawn[];
  faults: DraftFault[];
}

/** A file that was read. text: its canonical bytes; empty: it is no agreement, remarks say why. */
export interface DraftView {
  text: string;
  digest: string;
  id: string;
  version: number;
  title: string;
  digest_in_force: string;
  changes: ChangeView[];
  not_applicable: string[];
  remarks: Remark[];
}

/** A volume as a map draws it; index: its place among those of the activity, from 0. */
export interface Drawn {
  party: string;
  activity: string;
  revision: number;
  state: State;
  volume: string;
  index: number;
  arena: Arena;
  shape: "circle" | "corridor" | "everywhere" | "polygon" | "track";
  geometry: Geometry;
  start_s: number | null;
  end_s: number | null;
  lower_m: number | null;
  lower_datum: Datum;
  upper_m: number | null;
  upper_datum: Datum;
  low_hz?: number | null;
  high_hz?: number | null;
  role?: VolumeRole | null;
  path?: [number, number, number][];
  centre?: [number, number] | null;
  radius_m?: number | null;
}

/** next: the cursor of the next page; empty: this is the last. */
export interface DrawnPage {
  items: Drawn[];
  next: string;
  faults?: Fault[];
}

/** A unit has acknowledged it. */
export interface DrillAcknowledged {
  type: "drill_acknowledged";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  unit: string;
  code?: string;
  is_proved?: boolean;
}

/** The watch that was called answers: a person's act, never the node's. */
export interface DrillAnswered {
  type: "drill_answered";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** The opener waits no longer: a later drill has come to its end. */
export interface DrillClosed {
  type: "drill_closed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** The opener tests the line to the other party, or says why it does not. */
export interface DrillOpened {
  type: "drill_opened";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  what: Exercise;
  slots?: number[];
  until_s?: number | null;
  units?: string[];
}

/** The watch has passed it to units. */
export interface DrillPassed {
  type: "drill_passed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  units: string[];
}

/** The watch has read an end-to-end test. */
export interface DrillRead {
  type: "drill_read";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** The opener ends its pause. */
export interface DrillResumed {
  type: "drill_resumed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** When the lines are tested; times: "HH:MM" UTC, every day. */
export interface DrillRules {
  times?: string[];
  answer_s?: number;
  surprise_every_s?: number;
  end_to_end_every_s?: number;
  end_to_end_s?: number;
  clause?: string;
}

/** What the interference does to the service. */
export type Effect = "degraded" | "intermittent" | "lost";

/** An entry of the log; envelope: its exact bytes, in base64. */
export interface Entry {
  index: number;
  envelope: string;
}

/** Entries in order. */
export interface EntryPage {
  items: Entry[];
}

/** What a kind of craft listens with: rows of the protection data, by id. */
export interface Equipage {
  id: string;
  title: string;
  arena: string;
  receivers: string[];
}

/** After so many seconds unanswered the role is alerted, by a clause (empty: none cited). */
export interface EscalationStep {
  role: string;
  after_s: number;
  clause?: string;
}

/** What a concern rests on. */
export type Evidence = "activity" | "conflict" | "interference" | "matter" | "notice" | "press" | "third-party" | "track";

/** What was frozen. cut: older entries than these were not looked at: there were too many. */
export interface Excerpt {
  format: string;
  origin: string;
  about: string;
  number: number;
  from_s: number;
  to_s: number;
  entries: ExcerptEntry[];
  cut?: boolean;
  checkpoint?: string;
}

/** An entry: its index in the ledger, its exact bytes (base64), and its audit path (base64). */
export interface ExcerptEntry {
  index: number;
  raw: string;
  path?: string[];
}

/** What is tested, or why not. */
export type Exercise = "end_to_end" | "not_called" | "pause" | "scheduled" | "surprise";

/** One of several things that are wrong with what was sent. */
export interface Fault {
  where: string;
  what: string;
  remedy: string;
}

/** The figures of two parties for a period, in the order of a page. */
export interface Figures {
  parties: [string, string];
  from_s: number;
  to_s: number;
  agreement: string;
  version: number;
  agreement_digest: string;
  counted: Counted[];
  lines: Line[];
}

/** A force that a party answers for; null: open-ended. */
export interface ForceView {
  party: string;
  name: string;
  from_s: number | null;
  until_s: number | null;
  clause: string;
}

/** What somebody would like to do in a channel of a band, where and when. */
export interface FreeForm {
  low_hz: number;
  high_hz: number;
  start_s: number;
  end_s: number;
  width_hz: number;
  area: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere;
  role?: "emit" | "receive";
  eirp_dbm?: number;
  height_m?: number;
}

/** Hertz, half-open `[low_hz, high_hz)`, both above zero and finite. */
export interface FrequencyBand {
  low_hz: number;
  high_hz: number;
}

/** A geometry of GeoJSON (RFC 7946), for the eye: nothing is judged by it. */
export interface Geometry {
  type: "LineString" | "MultiLineString" | "MultiPolygon" | "Point" | "Polygon";
  coordinates: unknown;
}

/** Figures as a review gives them: their canonical JSON, and its SHA-256. */
export interface Given {
  from_s: number;
  to_s: number;
  figures: string;
  digest: string;
}

/** Whether people came to harm. */
export type Harm = "no" | "unknown" | "yes";

/** ok, or degraded: something needs a person. */
export interface Health {
  status: "degraded" | "ok";
  at_s: number;
}

/** text: the groups as they were taken down; role: who heard them, as the peer is told. */
export interface HeardForm {
  text: string;
  role: string;
}

/** What was read to us over a telephone: the caller's name for its call and step, and when. */
export interface HeardFrom {
  call: string;
  turn: number;
  at_s: number;
  by_role: string;
}

/** matter: the call; entered: false where it was here already, word for word. */
export interface HeardShown {
  matter: Matter;
  entered: boolean;
}

/** What a peer would hear now. */
export type Hears = "all" | "later" | "nothing" | "state";

/** What is known about the theatre's air and ground, to compare heights of unlike datum. */
export interface HeightRanges {
  qnh_hpa: [number, number];
  terrain_m: [number, number];
  isa_deviation_k: [number, number];
}

/** An activity as it is in force here, own or a peer's, as far as it is disclosed to us. */
export interface Held {
  activity: WireActivity;
  declared_s: number;
  changed_s: number;
  contact: string;
  doubt?: string;
  third_parties?: string;
  checked?: Checked | null;
  reason?: string;
  moved?: string;
  stale_s?: number | null;
  confirmed_s?: number | null;
}

/** Who answers the hotline. */
export interface HotlineRules {
  flash?: EscalationStep[];
  answers?: AnswerWait[];
  roles?: string[];
  clause?: string;
}

/** An activity that was read. outlines: empty where the file is so large that none are drawn. */
export interface ImportItem {
  activity: WireActivity;
  outlines: DraftDrawn[];
  is_ours: boolean;
  held: number | null;
  problems: ImportProblem[];
}

/** A remark of the reader. text: the very words that it is about, where there are any. */
export interface ImportProblem {
  severity: Severity;
  where: string;
  what: string;
  remedy?: string;
  text?: string;
}

/** What was made of a file. sha256: of its bytes. format: "unknown" where nobody reads it. */
export interface ImportRead {
  name: string;
  size: number;
  sha256: string;
  format: string;
  understood: string[];
  items: ImportItem[];
  problems: ImportProblem[];
  unread: Unread[];
}

/** The agreement in force: digests of what is signed and of the rules that are made of it. */
export interface InForce {
  id: string;
  version: number;
  digest: string;
  rules_digest: string;
  matter: string;
  since_s: number | null;
  text: string;
}

/** An activity in force between us and a peer. */
export interface InForceLine {
  activity: string;
  revision: number;
  state: State;
}

/** One side's list, and how the last comparison with the peer went (R10). */
export interface InForceView {
  peer: string;
  items: InForceLine[];
  next: string;
  compared_s: number | null;
  same: boolean | null;
  differences: string[];
}

/** The sender closes it; it is closed when every party has, on what all of them knew. */
export interface IncidentClosed {
  type: "incident_closed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** What a side finds; the newest counts. agrees: the turn of another side's that it shares. */
export interface IncidentFinding {
  type: "incident_finding";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  text?: string;
  agrees?: number;
  clause?: string;
  actions?: string[];
}

/** The agreed form. act: the code of a prohibited act of the agreement; empty: of none. */
export interface IncidentForm {
  text: string;
  happened_s: number;
  until_s?: number | null;
  place?: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere | null;
  about?: string[];
  act?: string;
  harm?: Harm;
  third_parties?: string;
}

/** The sender has frozen an excerpt of its ledger (peering/excerpt.py); it keeps it for good. */
export interface IncidentFrozen {
  type: "incident_frozen";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  number: number;
  digest: string;
  entries: number;
  size: number;
  from_s: number;
  to_s: number;
}

/** The sender opens it again; words: why. */
export interface IncidentReopened {
  type: "incident_reopened";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** A side's report of an incident that is open; final: its last word on what happened. */
export interface IncidentReport {
  type: "incident_report";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  form: IncidentForm;
  final?: boolean;
}

/** An incident is reported: this is the opener's preliminary report. */
export interface IncidentReported {
  type: "incident_reported";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  title: string;
  form: IncidentForm;
}

/** The joint review is put on a meeting. */
export interface IncidentReviewed {
  type: "incident_review";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  meeting: string;
}

/** How soon an incident's preliminary report comes, and its joint review is done. */
export interface IncidentRules {
  preliminary_s?: number;
  review_s?: number;
  clause?: string;
}

/** A case of interference; (opener, id) names it. other: the party it was told to. */
export interface InterferenceCase {
  opener: string;
  id: string;
  other: string;
  report: WireReport;
  opened_s: number;
  steps: CaseStep[];
  state?: CaseState;
  asked_s?: number | null;
  due_s?: number | null;
  overdue?: boolean;
  answer?: CeaseAnswer | null;
  answered_s?: number | null;
  outcome?: Outcome | null;
  closed_s?: number | null;
}

/** One item. rests_on: what it comes from, in words; ref: the matter; party: who added it. */
export interface Item {
  title: string;
  rests_on: string;
  ref?: string;
  clause?: string;
  party?: string;
}

/** reason: why nobody is there. */
export interface LeaveForm {
  role: string;
  reason: string;
}

/** The log's size. */
export interface LedgerView {
  size: number;
}

/** One limit of a height band; height_m null: there is none. */
export interface LimitView {
  height_m: number | null;
  datum: string;
}

/** One figure; value null: there is nothing to reckon it from. unit: "" (a count) or "s". */
export interface Line {
  section: string;
  about: string;
  name: string;
  value: number | null;
  unit?: string;
}

/** The line to a peer. link: unknown where nothing was ever heard nor missed. */
export interface LineView {
  party: string;
  link: "down" | "unknown" | "up";
  down_since_s: number | null;
  down_reason: string;
  last_heard_s: number | null;
  last_sent_s: number | null;
  skew_s: number | null;
  suspended_by_us: string;
  suspended_by_them: string;
  suspended_s: number | null;
  waiting: number;
  compared_s: number | null;
  same: boolean | null;
}

/** What a mail client's file says: word: of the step, "open" for a call; step: its body. */
export interface MailRead {
  understood: string[];
  remarks: Remark[];
  word: string;
  step: MeetingCalled | MeetingProposed | MeetingAnswered | MeetingDelegation | MeetingPoint | MeetingHeld | MinutesProposed | MinutesAgreed | MeetingPostponed | MeetingCancelled;
}

/** A matter and its steps in order; the first is its opening. */
export interface Matter {
  kind: string;
  opener: string;
  id: string;
  parties: string[];
  opened_s: number;
  steps: MatterStep[];
  raised?: string[];
  dismissed?: string[];
}

/** Matters by kind, opener and id, each with its newest step alone. */
export interface MatterPage {
  items: Shown[];
  next: string;
}

/** One thing that one party said. */
export interface MatterStep {
  party: string;
  said: ActionOpened | ActionMoved | ActionRemarked | ActionDone | ActionConfirmed | ActionReturned | ActionWithdrawn | AgreementProposed | AgreementCountered | AgreementSigned | AgreementRejected | AgreementSuspended | AgreementTicked | AgreementResumed | AgreementTerminated | AssuranceGiven | AssuranceRenewed | AssuranceWithdrawn | AssuranceLapsed | CallMade | CallRung | CallTaken | CallRead | CallAnswered | CallAdded | CallPassed | CallTranslated | CallHeard | CallMatched | CallClosed | CaveatRaised | CaveatChanged | CaveatRelayed | CaveatCannot | CaveatAccepted | CaveatWithdrawn | CaveatEnded | ConcernRaised | ConcernAnswered | ConcernAccepted | ConcernDisputed | ConcernAsked | ConcernMeeting | ConcernWithdrawn | ConsentAsked | ConsentChanged | ConsentGiven | ConsentRefused | ConsentEnded | DecisionProposed | DecisionPosition | DecisionWithdrawn | DrillOpened | DrillAnswered | DrillRead | DrillPassed | DrillAcknowledged | DrillClosed | DrillResumed | IncidentReported | IncidentReport | IncidentFrozen | IncidentReviewed | IncidentFinding | IncidentClosed | IncidentReopened | MeetingCalled | MeetingProposed | MeetingAnswered | MeetingDelegation | MeetingPoint | MeetingHeld | MinutesProposed | MinutesAgreed | MeetingPostponed | MeetingCancelled | ReviewOpened | ReviewAnswered;
  known_s: number;
  message?: string;
  index?: number;
  by?: string;
  deliveries?: Delivery[];
}

/** Who is signed in. csrf: to be sent as X-CSRF-Token with every change; empty for tokens. */
export interface Me {
  name: string;
  party: string;
  roles: PeopleRole[];
  permissions: Permission[];
  csrf: string;
}

/** What the sender makes of what was proposed to it; what it accepts is said word for word. */
export interface MeetingAnswered {
  type: "meeting_answered";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  answer: Coming;
  when?: When | null;
  place?: string;
}

/** A meeting is called. when: the caller's proposal; place: the same; either may be open. */
export interface MeetingCalled {
  type: "meeting_called";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  title: string;
  meeting_kind?: MeetingKind;
  when?: When | null;
  place?: string;
  head?: string;
}

/** There will be no meeting; words: why. */
export interface MeetingCancelled {
  type: "meeting_cancelled";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** Who comes for the sender, as roles: the head, and the others. */
export interface MeetingDelegation {
  type: "meeting_delegation";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  head: string;
  members?: string[];
}

/** The meeting took place. */
export interface MeetingHeld {
  type: "meeting_held";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** What is called. EXTRAORDINARY: takes place within the agreement's hours of the call. */
export type MeetingKind = "extraordinary" | "plenary" | "working-group";

/** A point for the agenda; ref: the matter it rests on; clause: of the agreement. */
export interface MeetingPoint {
  type: "meeting_point";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  title: string;
  ref?: string;
  clause?: string;
}

/** The date stands no longer; words: why. A new one is proposed. */
export interface MeetingPostponed {
  type: "meeting_postponed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
}

/** Another time, another place, or both; what is left out stays as the sender held it. */
export interface MeetingProposed {
  type: "meeting_proposed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  when?: When | null;
  place?: string;
}

/** How often the plenary meets, how soon an extraordinary meeting, and what is always spoken of. */
export interface MeetingRules {
  plenary_every_s?: number;
  extraordinary_s?: number;
  answer_s?: number;
  standing_agenda?: string[];
  clause?: string;
}

/** A conflict, as found here; a < b by party, then id. Gaps 0: they overlap on that axis. */
export interface Met {
  id: string;
  a: Side;
  b: Side;
  rule: string;
  clause: string;
  lateral_m: number | null;
  vertical_m: number | null;
  time_s: number | null;
  freq_hz?: number | null;
  from_s?: number | null;
  to_s?: number | null;
  why: string;
  lon_deg: number;
  lat_deg: number;
  notes?: string[];
  found_s: number;
  private?: boolean;
  ended_s?: number | null;
  ended_why?: string;
  budget?: Record<string, unknown> | null;
}

/** The minima of a pair of arenas; vertical_m null: height does not separate. */
export interface MinimaView {
  arenas: [string, string];
  clause: string;
  lateral_m: number;
  vertical_m: number | null;
  time_s: number;
  freq_hz: number;
}

/** The sender agrees to the minutes whose text has this SHA-256; a dissent stays beside them. */
export interface MinutesAgreed {
  type: "meeting_agreed";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  digest: string;
  dissent?: string;
}

/** Minutes as their sender would have them; it agrees to them by that. */
export interface MinutesProposed {
  type: "meeting_minutes";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  text: string;
}

/** All that the frame of a console shows. */
export interface NodeView {
  party: string;
  program: string;
  at_s: number;
  status: "degraded" | "ok";
  agreement: AgreementHead;
  parties: string[];
  peers: LineView[];
  theatre: [number, number, number, number] | null;
  in_force: [number, number, number, number] | null;
  kinds: string[];
  notice_periods: PeriodView[];
  units: Unit[];
  contacts: Contact[];
  channels: Channel[];
  named_points: PointView[];
  languages: string[];
}

/** An activity of a plan that was refused after others were declared. */
export interface NotDeclared {
  activity: string;
  problem: Problem;
}

/** A pair of arenas that no rule covers while both are in use: not clear, not looked at. */
export interface NotJudged {
  arenas: [string, string];
  why: string;
}

/** How a place is written. The last two: two bare numbers, of which a person said the order. */
export type Notation = "bearing" | "dd" | "ddm" | "dms" | "lat-lon" | "lon-lat" | "mgrs" | "utm";

/** A declaration or change on its way, with every rung of the receipt ladder (R5). */
export interface Notice {
  way: Way;
  peer: string;
  owner: string;
  activity: string;
  revision: number;
  state: State;
  message: string;
  sequence: number;
  index: number;
  sent_s: number;
  rung?: Rung;
  delivered_s?: number | null;
  receipted_s?: number | null;
  skew_s?: number | null;
  read_s?: number | null;
  read_by?: string;
  units?: UnitStep[];
  effective_s?: number | null;
  lead?: RecordsLead | null;
  moved?: string;
  read_back?: string;
  differences?: string[];
  accepted?: boolean;
  problems?: string[];
  overdue?: Rung[];
  escalated?: number;
  superseded?: boolean;
  recalled?: string;
  unread_since_s?: number | null;
  cautions?: string[];
}

/** Notices of both ways, in the order of the ledger. */
export interface NoticePage {
  items: Notice[];
  next: string;
}

/** What the agreement says of notices on their way; what it leaves out has these defaults. */
export interface NoticeRules {
  effective?: Rung;
  effective_clause?: string;
  deadlines?: Deadline[];
  escalation?: EscalationStep[];
  reactions?: Reaction[];
  heartbeat_s?: number;
  link_down_after_s?: number;
  reconcile_s?: number;
  skew_s?: number;
  units?: Unit[];
  cease?: CeaseRules;
}

/** What was seen or done: words, an effect, a bearing. */
export interface ObserveForm {
  role: string;
  words?: string;
  effect?: Effect | null;
  bearing?: WireBearing | null;
}

/** to_user: who is to accept it. */
export interface OfferForm {
  role: string;
  to_user: string;
}

/** The watch of a role; user empty: nobody has it, since then. */
export interface OnWatch {
  role: string;
  user: string;
  since_s: number;
  offered_to?: string;
  offered_s?: number | null;
}

/** All of it is told to the peer. case: a name for it; empty: the node makes one. */
export interface OpenForm {
  peer: string;
  report: WireReport;
  case?: string;
  cease?: boolean;
}

/** Something that who takes the watch takes over; name: by which it is accepted. */
export interface OpenItem {
  name: string;
  what: string;
}

/** How a case came to its end. */
export type Outcome = "ceased" | "not-theirs" | "unexplained" | "withdrawn";

/** Our card as it is handed over, with its fingerprint. */
export interface OwnCard {
  party: string;
  url: string;
  fingerprint: string;
  card: string;
}

/** sample: a value as one may type it. */
export interface ParameterShown {
  name: string;
  type: string;
  sample: string;
}

/** The old and the new password. */
export interface PasswordForm {
  old: string;
  new: string;
}

/** A party's node that we trust, and how far the exchange with it has come. */
export interface Peer {
  party: string;
  url: string;
  root: string;
  keys: PeerKey[];
  tls: string[];
  statement: string;
  statement_number?: number;
  out_sequence?: number;
  out_previous?: string;
  receipted?: number;
  in_sequence?: number;
  in_last?: string;
  witnessed_size?: number;
  witnessed_note?: string;
  cosigned_size?: number;
  told_size?: number;
  keys_told?: number;
  cosigned_by_peer?: string;
  wants_receipts_from?: number;
  suspended_by_us?: string;
  suspended_by_them?: string;
  suspended_s?: number | null;
  last_heard_s?: number | null;
  last_sent_s?: number | null;
  down_since_s?: number | null;
  down_reason?: string;
  skew_s?: number | null;
  compared_s?: number | null;
  compared_same?: boolean | null;
  in_force_differences?: string[];
  fraud?: string;
}

/** An operational key of a peer, good for messages numbered from .. until (None: on). */
export interface PeerKey {
  kid: string;
  purpose: string;
  public: string;
  first_sequence?: number;
  until_sequence?: number | null;
}

/** What a peer would see. sees: full, extent (hulls without a title and the like) or nothing. */
export interface PeerSees {
  peer: string;
  sees: "extent" | "full" | "nothing";
  hears: Hears;
  declaration: Declare | null;
  knows: number | null;
  words: string[];
}

/** What a user is there for; a user has one or more. */
export type PeopleRole = "admin" | "lead" | "observer" | "planner" | "secretary" | "spectrum" | "watch";

/** How long before its start an activity of a kind is to be declared ("*": any kind). */
export interface PeriodView {
  kind: string;
  clause: string;
  lead_s: number;
}

/** A right. OPEN: nobody need sign in. SIGNED_IN: everybody who is known. */
export type Permission = "acknowledge" | "admin" | "change" | "clear" | "council" | "declare" | "hotline" | "interference" | "metrics" | "open" | "read" | "read-private" | "recall" | "sign" | "signed-in" | "suspend" | "trust" | "units";

/** usual: its usual precedence. wordings: by language, {name} where a value stands. */
export interface PhraseShown {
  code: string;
  name: string;
  usual: string;
  parameters: ParameterShown[];
  wordings: Record<string, string>;
}

/** What one text names: a place, or why it names none; one of the two is null. */
export interface PlaceLine {
  text: string;
  place: PlaceRead | null;
  problem: Fault | null;
}

/** A place, and the same in every notation, in which a slip is seen. */
export interface PlaceRead {
  lon_deg: number;
  lat_deg: number;
  notation: Notation;
  within_m: number;
  dd: string;
  ddm: string;
  dms: string;
  utm: string;
  mgrs: string;
  bearing: string;
}

/** texts: one place each. notation: the only one that is taken; null: each that is unambiguous. */
export interface PlacesForm {
  texts: string[];
  notation?: Notation | null;
}

/** user: who; empty: the line that begins then is taken out. */
export interface PlanForm {
  role: string;
  from_s: number;
  until_s: number;
  user?: string;
}

/** A line of the roster. */
export interface Planned {
  role: string;
  user: string;
  from_s: number;
  until_s: number;
}

/** A named point, for read-back by bearing and distance. */
export interface PointView {
  name: string;
  lon_deg: number;
  lat_deg: number;
}

/** What a party makes of a proposed decision. */
export type Position = "adopt" | "defer" | "reserve";

/** How urgent a message is; a flash interrupts every console. */
export type Precedence = "flash" | "immediate" | "priority" | "routine";

/** What each peer would see of an activity. */
export interface Preview {
  activity: string;
  revision: number;
  peers: PeerSees[];
}

/** One preview an activity; refused: those that could not be declared, and why. */
export interface Previews {
  items: Preview[];
  refused?: NotDeclared[];
}

/** Why a request was refused, what to do, and for 500 a number to give to whoever keeps the log. */
export interface Problem {
  title: string;
  status: number;
  detail: string;
  type?: string;
  where?: string;
  remedy?: string;
  problems?: Fault[];
  held?: number | null;
  reference?: string;
}

/** What nobody does, with the code by which an incident names it. */
export interface ProhibitedAct {
  code: string;
  text: string;
  clause: string;
}

/** Air kept for activities of some kinds; limits null: all heights, times null: open-ended. */
export interface ProtectedView {
  id: string;
  title: string;
  clause: string;
  area: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere;
  lower: LimitView | null;
  upper: LimitView | null;
  start_s: number | null;
  end_s: number | null;
  kinds: string[];
  contact: string;
}

/** One row of the protection data. */
export interface Protection {
  id: string;
  title: string;
  band: FrequencyBand;
  bandwidth_hz: number;
  criterion: Criterion;
  source: string;
  verified: boolean;
  listens?: FrequencyBand[];
  noise_figure_db?: number;
  gain_dbi?: number;
  overload_dbm?: number | null;
  safety?: boolean;
  only_named?: boolean;
}

/** How soon a concern is answered; urgent_s: one that is urgent. */
export interface QuestionRules {
  answer_s?: number;
  urgent_s?: number;
  clause?: string;
}

/** How long a party needs to act on a notice; a shorter lead is too late to act on. */
export interface Reaction {
  party: string;
  reaction_s: number;
}

/** agreed: the places the peer repeated are those meant. */
export interface ReadBackForm {
  agreed: boolean;
  reason?: string;
}

/** Why. */
export interface ReasonForm {
  reason: string;
}

/** How far a notice has climbed, by both clocks. skew_s: receiver's clock less sender's. */
export interface Receipts {
  message: string;
  rung: Rung;
  steps: ApiViewsStep[];
  skew_s: number | null;
  effective_s: number | null;
  overdue: Rung[];
}

/** Time from the receipt to the start: owed by the agreement, and given (R1). */
export interface RecordsLead {
  start_s: number;
  given_s: number;
  owed_s?: number | null;
  clause?: string;
  late?: boolean;
  too_late?: boolean;
  measured?: boolean;
}

/** One refusal. who: a user's name, "token" and its id, or "" for nobody known. */
export interface Refused {
  number: number;
  at_s: number;
  who: string;
  what: string;
  why: string;
  address: string;
  times?: number;
}

/** One remark on a file that was read: error, partial, assumed or note. */
export interface Remark {
  severity: string;
  where: string;
  what: string;
  remedy: string;
  text: string;
}

/** The sender's figures for the same period; either side may reckon anew, the newest count. */
export interface ReviewAnswered {
  type: "review_answered";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  figures: string;
  digest: string;
}

/** The sender's figures from `from_s` up to before `to_s`, which is over. */
export interface ReviewOpened {
  type: "review_opened";
  opener?: string;
  matter?: string;
  turn?: number;
  at_s?: number;
  role: string;
  words?: string;
  parties?: string[];
  from_s: number;
  to_s: number;
  figures: string;
  digest: string;
}

/** How far a notice has climbed: each rung means that all below it were reached too. */
export type Rung = "acknowledged" | "delivered" | "passed" | "read" | "sent";

/** How drills of one kind went in one direction; times in seconds. */
export interface Score {
  caller: string;
  callee: string;
  what: Exercise;
  held?: number;
  answered?: number;
  late?: number;
  silence?: number;
  line?: number;
  not_called?: number;
  paused?: number;
  waiting?: number;
  median_s?: number | null;
  worst_s?: number | null;
  last_s?: number | null;
  last?: string;
}

/** What a clause is for. */
export type Section = "area" | "channel" | "conduct" | "definition" | "incident" | "information" | "meeting" | "non-purpose" | "notice" | "purpose" | "rule" | "scope" | "term";

/** The service that suffers; the first three are services of safety (RR 1.59). */
export type Service = "aeronautical" | "data-link" | "distress" | "gnss" | "maritime" | "other" | "radar";

/** How bad a remark of a reader is. */
export type Severity = "assumed" | "error" | "note" | "partial";

/** ref: kind/opener/id. stand: what stands, by kind (council/<kind>.py). matter: every step. */
export interface Shown {
  ref: string;
  stand: Record<string, unknown>;
  matter: Matter;
}

/** One volume of a conflict. */
export interface Side {
  party: string;
  activity: string;
  volume: string;
  revision: number;
}

/** One side of a conflict; drawn null: what was declared then is not kept here any more. */
export interface SidePicture {
  side: Side;
  title: string;
  kind: string;
  aboard: string;
  drawn: Drawn | null;
}

/** Name and password. */
export interface SignInForm {
  name: string;
  password: string;
}

/** Who signs for a party; keys: how many different people of it must sign (1 or 2). */
export interface Signatory {
  party: string;
  role: string;
  keys?: number;
  clause?: string;
}

/** Parameters by which both sides reckon the same number, and the protection data in force. */
export interface SpectrumRules {
  clause?: string;
  refine?: boolean;
  time_percent?: number;
  surface_refractivity_n?: number;
  lapse_n_per_km?: number;
  land_share?: number;
  margin_db?: number;
  undeclared_eirp_dbm?: number;
  rejection_floor_db?: number;
  site_m?: number;
  protections?: Protection[];
  equipages?: Equipage[];
  stated?: string[];
  stated_equipages?: string[];
}

/** States of an operational intent, ASTM F3548-21 section 4.4, and Withdrawn. */
export type State = "Accepted" | "Activated" | "Contingent" | "Ended" | "Nonconforming" | "Withdrawn";

/** of_revision: the revision that was seen; left out: whichever is in force. */
export interface StateForm {
  state: State;
  of_revision?: number | null;
  reason?: string;
}

/** What a step of a case is. */
export type StepKind = "answered" | "asked" | "closed" | "observed" | "opened";

/** seen: names of all open items. reason: why without a hand-over, if somebody has the watch. */
export interface TakeForm {
  role: string;
  seen?: string[];
  reason?: string;
}

/** How much notice a party gives to terminate, and the warning before the agreement expires. */
export interface TermRules {
  notice_s?: number;
  warn_s?: number;
  clause?: string;
}

/** The text on the table beside the agreement in force. */
export interface TextView {
  digest: string;
  digest_in_force: string;
  changes: ChangeView[];
  not_applicable: string[];
}

/** scopes: at most what the user's roles allow. lasts_s: up to 366 days. */
export interface TokenForm {
  user: string;
  scopes: Permission[];
  title?: string;
  lasts_s?: number;
}

/** A token; secret and path are there only in the answer that made it. */
export interface TokenView {
  id: string;
  created_s: number;
  expires_s: number;
  user?: string;
  title?: string;
  scopes?: Permission[];
  unit?: string;
  secret?: string;
  path?: string;
}

/** A phrase's code or name, and its values by name, as they were typed. */
export interface TypedForm {
  code: string;
  given?: Record<string, string>;
}

/** values: in the phrase's order, as both sides hold them; empty where `faults` names one. */
export interface TypedShown {
  code: string;
  values: string[];
  faults?: Fault[];
}

/** A unit that is told of notices and acknowledges them; (party, id) names it. */
export interface Unit {
  party: string;
  id: string;
  title?: string;
}

/** notice: the hash of its message. */
export interface UnitAcknowledgeForm {
  notice: string;
}

/** A notice as a unit sees it. */
export interface UnitNotice {
  notice: string;
  owner: string;
  activity: string;
  revision: number;
  state: State;
  passed_s: number;
  acknowledged_s?: number | null;
  superseded?: boolean;
  title?: string;
  kind?: string;
  volumes?: WireVolume[];
}

/** What was passed to a unit: all that is not acknowledged, and the newest of the rest. */
export interface UnitNotices {
  unit: string;
  notices: UnitNotice[];
}

/** How far a notice came with one unit. */
export interface UnitStep {
  unit: string;
  passed_s?: number | null;
  acknowledged_s?: number | null;
  by?: string;
}

/** unit: by its id in the agreement, of our own party. */
export interface UnitTokenForm {
  unit: string;
  lasts_s?: number;
}

/** Units by their ids in the agreement. */
export interface UnitsForm {
  units: string[];
}

/** Words of the file that nothing was made of, as they stand there. */
export interface Unread {
  where: string;
  text: string;
}

/** What is left out stays. */
export interface UserChangeForm {
  roles?: PeopleRole[] | null;
  disabled?: boolean | null;
  password?: string | null;
}

/** password empty: a program that uses tokens alone. */
export interface UserForm {
  name: string;
  roles: PeopleRole[];
  password?: string;
}

/** A user. */
export interface UserView {
  name: string;
  roles: PeopleRole[];
  disabled: boolean;
  has_password: boolean;
  created_s: number;
}

/** What an audit found. peer: whose ledger, as far as we hold it; empty: our own. */
export interface Verdict {
  peer: string;
  started_s: number;
  ended_s: number;
  whole: boolean;
  first_bad: number | null;
  size: number;
  root: string;
  said: string[];
  failed?: string;
}

/** What a spectrum volume does: radiates, listens, or guards a band nobody may radiate in. */
export type VolumeRole = "emit" | "guard" | "receive";

/** One line of the watch log. items: the open items that were accepted with it, by name. */
export interface WatchEntry {
  at_s: number;
  role: string;
  user: string;
  change: Change;
  by: string;
  items?: string[];
  reason?: string;
}

/** How long one person may hold the watch before the fatigue timer rings. */
export interface WatchRules {
  longest_s?: number;
  clause?: string;
}

/** watches: by role; a user's name is for this party alone. open: what is accepted by name. */
export interface WatchShown {
  watches: OnWatch[];
  open: OpenItem[];
  roster: Planned[];
  log: WatchEntry[];
}

/** Which way a notice went. */
export type Way = "in" | "out";

/** From when until when, seconds UTC; the end is not before the start. */
export interface When {
  start_s: number;
  end_s: number;
}

/** An activity; (party, id) names it, revision counts from 1. */
export interface WireActivity {
  party: string;
  id: string;
  volumes: WireVolume[];
  title?: string;
  kind?: string;
  priority?: number;
  disclose?: Disclosure;
  revision?: number;
  state?: State;
  flex?: WireFlex | null;
  equipage?: string;
  linked?: string;
}

/** An antenna; azimuth and elevation from and to, in degrees. */
export interface WireAntenna {
  kind: AntennaKind;
  gain_dbi: number;
  azimuth_deg?: [number, number] | null;
  elevation_deg?: [number, number] | null;
  beamwidth_deg?: number | null;
}

/** A frequency band. */
export interface WireBand {
  low_hz: number;
  high_hz: number;
}

/** A direction: degrees from true north, clockwise, seen from a place. */
export interface WireBearing {
  bearing_deg: number;
  seen_from: [number, number];
}

/** All points within radius_m of the centre. */
export interface WireCircle {
  type: "circle";
  centre: [number, number];
  radius_m: number;
}

/** All points within half_width_m of the line. */
export interface WireCorridor {
  type: "corridor";
  points: [number, number][];
  half_width_m: number;
}

/** The whole Earth: a hull that no smaller shape could be. */
export interface WireEverywhere {
  type: "everywhere";
}

/** How far an activity may shift, either way. */
export interface WireFlex {
  lateral_m?: number;
  vertical_m?: number;
  time_s?: number;
  freq_hz?: number;
}

/** A height band; null: no limit that way. */
export interface WireHeights {
  lower_m?: number | null;
  lower_datum?: Datum;
  upper_m?: number | null;
  upper_datum?: Datum;
}

/** parts: each the outer ring, then its holes; rings are open. */
export interface WirePolygon {
  type: "polygon";
  parts: [number, number][][][];
}

/** A radio; mask: steps of offset in hertz and attenuation in dB. */
export interface WireRadio {
  service?: string;
  emission?: string;
  antenna?: WireAntenna | null;
  mask?: [number, number][];
  noise_figure_db?: number | null;
  overload_dbm?: number | null;
  iip3_dbm?: number | null;
  harmonics_db?: number | null;
}

/** What was noticed. end_s null: it goes on. role: who reports, a role and never a name. */
export interface WireReport {
  system: string;
  service: Service;
  low_hz: number;
  high_hz: number;
  effect: Effect;
  start_s: number;
  role: string;
  end_s?: number | null;
  place?: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere | null;
  bearing?: WireBearing | null;
  source?: WireSource | null;
  action?: string;
  conflict?: string;
}

/** What is promised not to be done (model/assurance.py). end_s: the expiry. */
export interface WireScope {
  start_s: number;
  end_s: number;
  arenas: Arena[];
  kinds?: string[];
  area?: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere | null;
  heights?: WireHeights | null;
  band?: WireBand | null;
}

/** What is suspected: an activity by party and id, words, or both. */
export interface WireSource {
  party?: string;
  activity?: string;
  words?: string;
}

/** A disc that moves along the line, at each vertex at its time. */
export interface WireTrack {
  type: "track";
  points: [number, number][];
  times_s: number[];
  radius_m: number;
}

/** A volume; low_hz, high_hz, role and radio for spectrum and only there. */
export interface WireVolume {
  id: string;
  arena: Arena;
  footprint: WirePolygon | WireCircle | WireCorridor | WireTrack | WireEverywhere;
  lower_m: number | null;
  lower_datum: Datum;
  upper_m: number | null;
  upper_datum: Datum;
  start_s: number | null;
  end_s: number | null;
  low_hz?: number | null;
  high_hz?: number | null;
  role?: VolumeRole | null;
  eirp_dbm?: number | null;
  criterion?: string;
  radio?: WireRadio | null;
}
