import assert from "node:assert/strict";
import { test } from "node:test";
import type { Held, Met, Notice, Volume } from "../src/kernel/records.ts";
import { groupOf, rowsOf } from "../src/screens/plan/board.ts";
import { arenasOfRule, ruleWords } from "../src/screens/plan/conflicts.ts";
import { emptyForm, freshId } from "../src/screens/plan/form.ts";
import { begun_s, ladderOf, nextDue } from "../src/screens/plan/ladder.ts";
import { boxOf } from "../src/screens/plan/look.ts";
import { isBare, pastedPlaces, plain } from "../src/screens/plan/place_reading.ts";
import { standingOf, toRead } from "../src/screens/plan/readback.ts";
import { freshName, repeated } from "../src/screens/plan/repeat.ts";
import { declarationOf, formOf, volumeForm, volumeOf } from "../src/screens/plan/wire.ts";

const NOTICE = {
  way: "out", peer: "south", owner: "north", activity: "N-1", revision: 1, state: "Accepted",
  message: "m", sequence: 1, index: 1, sent_s: 1000,
} as Notice;
const RULES = { deadlines: [{ rung: "read" as const, within_s: 600, clause: "N2" }] };
const AIR: Volume = {
  id: "1", arena: "air", footprint: { type: "polygon", parts: [[[[33, 34], [34, 34], [34, 35]]]] },
  lower_m: 3048.0001, lower_datum: "msl", upper_m: null, upper_datum: "msl", start_s: 1000.25, end_s: 4600,
};
const held = (volumes: Volume[], state: Held["activity"]["state"] = "Accepted"): Held =>
  ({ activity: { party: "north", id: "N-1", volumes, kind: "survey", state, revision: 3 }, declared_s: 0, changed_s: 0, contact: "duty officer" }) as Held;
const write = () => "x";

test("a rung is overdue once its time has passed and not before", () => {
  assert.equal(ladderOf(NOTICE, RULES, 1600).find((step) => step.rung === "read")!.overdue, false);
  assert.equal(ladderOf(NOTICE, RULES, 1601).find((step) => step.rung === "read")!.overdue, true);
  assert.equal(nextDue(NOTICE, RULES, 0)!.due_s, 1600);
});

test("an amendment does not put a deadline off, nor does a peer's clock that is ahead", () => {
  assert.equal(begun_s({ ...NOTICE, unread_since_s: 400 }), 400);
  assert.equal(begun_s({ ...NOTICE, way: "in", sent_s: 9000, delivered_s: 500 }), 500);
});

test("what was amended away is not overdue any more", () => {
  assert.equal(nextDue({ ...NOTICE, superseded: true }, RULES, 9e9), null);
  assert.ok(ladderOf({ ...NOTICE, superseded: true }, RULES, 9e9).every((step) => !step.overdue));
});

test("times stand by whose clock they are", () => {
  const steps = ladderOf({ ...NOTICE, rung: "delivered", delivered_s: 1002, receipted_s: 1003 }, RULES, 0);
  assert.deepEqual(steps[1]!.times.map((time) => [time.at_s, time.clock]), [[1002, "theirs"], [1003, "ours"]]);
});

test("an activity is in effect only when every peer has its newest revision so far", () => {
  const one = held([AIR]);
  const told = { ...NOTICE, revision: 3, effective_s: 5 };
  assert.equal(groupOf(one, []), "declared");
  assert.equal(groupOf(one, [told]), "effective");
  assert.equal(groupOf(one, [told, { ...told, peer: "west", revision: 2 }]), "declared");
  assert.equal(groupOf(held([AIR], "Contingent"), [told]), "active");
});

test("a row has the newest notice of each peer", () => {
  const [row] = rowsOf([held([AIR])], [{ ...NOTICE, revision: 3 }, NOTICE], []);
  assert.deepEqual(row!.notices.map((notice) => notice.revision), [3]);
});

test("a volume that was not touched is sent exactly as it was", () => {
  const radio = { id: "r", arena: "spectrum", footprint: { type: "polygon", parts: [[[[0, 1], [1, 1], [1, 2]]], [[[5, 5], [6, 5], [6, 6]]]] }, lower_m: null, lower_datum: "msl", upper_m: null, upper_datum: "msl", start_s: 1, end_s: 2, low_hz: 1, high_hz: 3, role: "receive", radio: { service: "gnss" } } as Volume;
  const track = { ...AIR, footprint: { type: "track", points: [[1, 2], [3, 4]], times_s: [0.5, 9], radius_m: 7 } } as Volume;
  for (const volume of [AIR, radio, track]) assert.deepEqual(volumeOf(volumeForm(volume, write)).made, volume);
});

test("an amendment carries its revision, its state and what the form does not show", () => {
  const one = held([AIR], "Activated");
  const form = formOf({ ...one, activity: { ...one.activity, equipage: "helicopter", linked: "x" } }, write);
  const { made, lacks } = declarationOf(form, "north");
  assert.deepEqual(lacks, []);
  assert.deepEqual([made!.activity.revision, made!.activity.state, made!.activity.equipage, made!.activity.linked], [4, "Activated", "helicopter", "x"]);
});

test("an empty form is not sent anywhere", () => {
  const { made, lacks } = declarationOf(emptyForm("N-1", 0), "north");
  assert.equal(made, null);
  assert.ok(lacks.length >= 3);
});

test("a place that was typed and not read yet keeps a volume from being sent", () => {
  const form = volumeForm(AIR, write);
  form.places[1] = { text: "35S", at: null, problem: "", time: null };
  assert.equal(volumeOf(form).made, null);
});

test("a ring that was closed by hand is opened", () => {
  const form = volumeForm(AIR, write);
  form.places.push({ ...form.places[0]! });
  assert.deepEqual(volumeOf(form).made!.footprint, AIR.footprint);
});

test("a repeat shifts all times alike and names each volume anew", () => {
  const more = repeated(volumeForm(AIR, write), 86_400, 3, ["1", "2"]);
  assert.deepEqual(more.map((one) => [one.id, one.start.at_s]), [["3", 87_400.25], ["4", 173_800.25]]);
  assert.equal(freshName("leg", new Set(["leg"])), "leg-2");
});

test("a fresh name is nobody's yet", () => {
  const first = freshId("north", 0, () => false);
  assert.equal(freshId("north", 0, (id) => id === first), `${first}-2`);
});

test("pasted rows become one place each, their cells joined", () => {
  assert.deepEqual(pastedPlaces("36-11N\t026-10E\r\n\n 36-20N 026-10E \n"), ["36-11N 026-10E", "36-20N 026-10E"]);
  assert.ok(isBare("34.5, 33.2") && !isBare("34.5N 33.2E"));
  assert.equal(plain([-33.25, 34.5]), "34.500000000N 33.250000000W");
});

test("a rule says its arenas, and one that is not known says its own name", () => {
  assert.deepEqual(arenasOfRule("air_sea"), ["air", "sea"]);
  assert.deepEqual(arenasOfRule("restricted band"), ["spectrum"]);
  assert.equal(ruleWords({ rule: "new rule" } as Met), "new rule");
  assert.equal(ruleWords({ rule: "interference", budget: {} } as Met), "Interference");
});

test("places that differ come first, and what is over is not read back", () => {
  const some = [{ ...NOTICE, read_back: "agreed" }, { ...NOTICE, read_back: "differs" }, { ...NOTICE, state: "Ended" as const }];
  assert.deepEqual(toRead(some, "out").map(standingOf), ["rb_differs", "rb_agreed"]);
});

test("a map looks where the volumes are, with their radius, and nowhere for none", () => {
  const [west, south, east, north] = boxOf([{ footprint: { type: "circle", centre: [33, 34], radius_m: 55_500 } }])!;
  assert.ok(west < 32.5 && south < 33.5 && east > 33.5 && north > 34.5);
  assert.equal(boxOf([]), null);
});
