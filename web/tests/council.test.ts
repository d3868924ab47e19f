import assert from "node:assert/strict";
import { test } from "node:test";
import type { Matter } from "../src/kernel/records.ts";
import { CONCERN, evidenceOf } from "../src/screens/council/acts/concern.ts";
import { ACTION, DECISION } from "../src/screens/council/acts/decision.ts";
import { MEETING } from "../src/screens/council/acts/meeting.ts";
import { bodyOfEntry, headOf } from "../src/screens/council/incident/entries.ts";
import { lasting } from "../src/screens/council/matter/lasting.ts";
import { aboutOf, named } from "../src/screens/council/matter/names.ts";
import { boxOf, ringsOf } from "../src/screens/council/matter/outline.ts";
import { fieldsOf } from "../src/screens/council/matter/said.ts";
import { blank, bodyOf, lacking, type Act, type About } from "../src/screens/council/matter/spec.ts";
import { byDue, firstDue, toneOf } from "../src/screens/council/matter/tone.ts";

const NOW_S = 1_900_000_000;

function matter(kind: string, opener: string, stand: Record<string, unknown>): Matter {
  return {
    ref: `${kind}/${opener}/X-1`,
    stand: { state: "open", is_open: true, ...stand },
    matter: { kind, opener, id: "X-1", parties: ["north", "south"], opened_s: NOW_S, steps: [] },
  } as unknown as Matter;
}

const seen = (of: Matter | null, us = "north"): About => ({ matter: of, us, now_s: NOW_S });
const offered = (acts: readonly Act[], about: About) => acts.filter((act) => act.word && act.fits(about)).map((act) => act.word);
const actOf = (acts: readonly Act[], word: string) => acts.find((act) => act.word === word)!;

test("a reference with slashes in its id names that id, and a bare id is a conflict's", () => {
  assert.deepEqual(named("concern/north/CN/1"), { kind: "concern", party: "north", id: "CN/1" });
  assert.deepEqual(named("conflict/ab"), { kind: "conflict", party: "", id: "ab" });
  for (const none of ["", "concern", "concern/", "concern/north", "concern/north/"]) assert.equal(named(none), null, none);
  assert.equal(aboutOf({ about: "0123" }), "conflict/0123");
});

test("evidence that a screen hands over keeps its kind and loses its prefix", () => {
  assert.deepEqual(evidenceOf("activity/south/S-1", "deputy"), [{ kind: "activity", what: "south/S-1", vouched_by: "deputy" }]);
  assert.deepEqual(evidenceOf("meeting/south/M-1", "deputy"), [{ kind: "matter", what: "meeting/south/M-1", vouched_by: "deputy" }]);
});

test("whoever raised a concern cannot answer or settle it before the other side has spoken", () => {
  const fresh = matter("concern", "north", { state: "raised", owed: [{ what: "answer", party: "south", at_s: NOW_S }] });
  assert.deepEqual(offered(CONCERN, seen(fresh)), ["ask", "meeting", "withdraw"]);
  assert.deepEqual(offered(CONCERN, seen(fresh, "south")), ["answer", "accept", "dispute", "ask", "meeting"]);
  assert.deepEqual(offered(CONCERN, seen(matter("concern", "north", { state: "settled", is_open: false }))), []);
});

test("a concern without a clause says so in so many words", () => {
  const raise = actOf(CONCERN, "");
  const values = { ...blank(raise), role: "deputy", title: "T", words: "W" };
  assert.deepEqual(lacking(raise, values, seen(null)), ["clause"]);
  const body = bodyOf(raise, { ...values, clause: "-" }, seen(null));
  assert.deepEqual([body.clause, body.without_clause, body.type], ["", true, "concern_raised"]);
});

test("nobody confirms or puts off what it owes itself, and a confirmation names the claim", () => {
  const done = matter("action", "north", { state: "done", owner: "south", claim: 3 });
  assert.deepEqual(offered(ACTION, seen(done)), ["confirm", "return", "move", "remark", "withdraw"]);
  assert.deepEqual(offered(ACTION, seen(done, "south")), ["remark"]);
  assert.equal(bodyOf(actOf(ACTION, "confirm"), { role: "deputy" }, seen(done)).claim, 3);
  assert.deepEqual(offered(DECISION, seen(matter("decision", "north", { state: "adopted", is_open: false }))), []);
});

test("an accepted time and place are said word for word as they were proposed", () => {
  const when = { start_s: NOW_S + 3600, end_s: NOW_S + 7200 };
  const called = matter("meeting", "south", { state: "called", holds: { north: {}, south: { when, place: "Larnaca" } } });
  const answer = actOf(MEETING, "answer");
  const values = { ...blank(answer), role: "deputy", ...answer.start!(seen(called), {}) };
  const body = bodyOf(answer, values, seen(called));
  assert.deepEqual([body.answer, body.when, body.place], ["accepted", when, "Larnaca"]);
  assert.deepEqual(bodyOf(answer, { ...values, answer: "declined" }, seen(called)).when, null);
  assert.ok(!offered(MEETING, seen(called)).includes("held"), "its time has not come");
});

test("what is due first comes first, and what is closed comes last", () => {
  const due = (id: number, at_s: number, open = true) => ({ ...matter("concern", "north", { is_open: open, dues: [{ what: "answer", party: "south", at_s }] }), ref: `concern/north/${id}` });
  const rows = [due(1, 50, false), due(2, 200), due(3, 100)].sort(byDue);
  assert.deepEqual(rows.map((one) => one.ref.at(-1)), ["3", "2", "1"]);
  assert.equal(firstDue(matter("decision", "north", {})), null);
  assert.equal(toneOf("cannot", true), "bad");
});

test("an entry that is no envelope is shown and breaks nothing", () => {
  const entry = (payload: unknown) => btoa(JSON.stringify({ payload: btoa(JSON.stringify(payload)), protected: "", signature: "" }));
  const told = entry({ head: { sender: "south", sent_s: 5 }, body: { type: "declare" } });
  assert.deepEqual(headOf(told), { kind: "declare", sender: "south", sent_s: 5 });
  assert.deepEqual(headOf("%%%"), { kind: "—", sender: "—", sent_s: null });
  assert.equal(bodyOfEntry(btoa("plain")), "plain");
});

test("a step's times, references and texts are told apart, and empty ones are left out", () => {
  const fields = fieldsOf({ type: "action_done", role: "deputy", proof: "Signal 12", evidence: "ab", meeting: "meeting/south/M-1", due_s: 7, clause: "" });
  assert.deepEqual(fields.map((one) => one.as), ["long", "code", "refs", "time"]);
});

test("how long a thing lasts is said in its largest whole unit", () => {
  assert.deepEqual([300, 14_400, 604_800, 90, 0.5].map(lasting), ["5 min", "4 h", "7 d", "90 s", "1 s"]);
});

test("the outline of a circle is as high as it is wide on the ground", () => {
  const box = boxOf(ringsOf({ type: "circle", centre: [25, 60], radius_m: 111_195 }))!;
  assert.ok(Math.abs(box[3] - box[1] - 2) < 1e-6 && Math.abs(box[2] - box[0] - 4) < 1e-6);
  assert.equal(boxOf(ringsOf({ type: "everywhere" })), null);
});
