import assert from "node:assert/strict";
import { test } from "node:test";
import type { EffectShown } from "../src/screens/spectrum/answers.ts";
import { hz, mhz, neat, readBands } from "../src/screens/spectrum/band.ts";
import { leftOf, toneOf, waitsForUs, type Case } from "../src/screens/spectrum/case.ts";
import { linesOf, standingOf } from "../src/screens/spectrum/effects.ts";
import { emptyReport, missingOf, openOf } from "../src/screens/spectrum/report.ts";
import { bodyOf, firstWish } from "../src/screens/spectrum/wish.ts";

test("megahertz that are typed become the very hertz that were meant", () => {
  assert.equal(hz(156.8), 156_800_000);
  assert.equal(hz(121.5125), 121_512_500);
  assert.equal(mhz(hz(406.0375)), 406.0375);
});

test("a band that was marked keeps what was marked within it", () => {
  const [low, high] = neat(224_987_654, 400_012_345);
  assert.ok(low <= 224_987_654 && high >= 400_012_345);
  assert.ok(high - low < 180e6);
});

test("a table of bands is read from a sheet, and a line that cannot be read is told", () => {
  const { bands, faults } = readBands("name,low,high\nDuty net,300,330\nUHF\t225\t400\nno figures,x,y\nupside down;400;225\n");
  assert.deepEqual(bands, [
    { name: "Duty net", low_hz: 300e6, high_hz: 330e6 },
    { name: "UHF", low_hz: 225e6, high_hz: 400e6 },
  ]);
  assert.deepEqual(faults.map((one) => one.line), [4, 5]);
});

const report = { system: "GPS", service: "gnss", low_hz: 1e9, high_hz: 2e9, effect: "lost", start_s: 0, role: "watch" } as const;
const asked: Case = { opener: "north", id: "I-1", other: "south", report, opened_s: 0, steps: [], state: "asked", asked_s: 0, due_s: 300 };

test("a request to cease waits for who was asked, and for nobody else", () => {
  assert.equal(waitsForUs(asked, "south"), true);
  assert.equal(waitsForUs(asked, "north"), false);
  assert.equal(waitsForUs({ ...asked, state: "answered" }, "south"), false);
});

test("a promise that was not kept waits for who gave it", () => {
  assert.equal(waitsForUs({ ...asked, state: "ceasing" }, "south"), false);
  assert.equal(waitsForUs({ ...asked, state: "ceasing", overdue: true }, "south"), true);
});

test("a clock runs below zero, and a no stays in red", () => {
  assert.equal(leftOf(asked, 400), -100);
  assert.equal(toneOf(asked, 400), "bad");
  assert.equal(leftOf({ ...asked, state: "answered", answer: "cannot" }, 400), null);
  assert.equal(toneOf({ ...asked, state: "answered", answer: "cannot" }, 400), "bad");
  assert.equal(toneOf({ ...asked, state: "answered", answer: "ceased" }, 400), "good");
});

const budget = {
  case: "in band", verdict: "no model", service: "", source: "", verified: true, freq_hz: 1, distance_m: 1, eirp_dbm: 57,
  loss_db: null, rejection_db: 0, gain_dbi: 2, interference_dbm: null, limit_dbm: -130, margin_db: null, model: "", need_m: null,
  need_dbm: null, inputs: {}, contributors: [], assumed: [],
} as const;
const conflict = { rule: "", clause: "", why: "", from: null, to: null, place: [0, 0] as [number, number], lateral_m: null, notes: [] };
const ref = { party: "north", activity: "N-1", volume: "0" };
const effect: EffectShown = {
  ours: ref, theirs: ref, cleared: false, margin_db: null, required_m: null, required_why: "", required_eirp_dbm: null,
  conflict: { ...conflict, budget: { ...budget, inputs: {}, contributors: [], assumed: [] } },
};

test("what no model speaks of is not shown as cleared", () => {
  assert.equal(standingOf(effect), "no model");
  assert.equal(standingOf({ ...effect, cleared: true }), "cleared");
  assert.equal(standingOf({ ...effect, conflict }), "conflict");
});

test("the lines of a budget add up to what arrives and to the margin", () => {
  const whole = { ...effect.conflict.budget!, loss_db: 117, interference_dbm: -58, margin_db: -72 };
  const [eirp, loss, rejection, gain, arrives, limit, margin] = linesOf(whole).map((one) => one.value ?? Number.NaN);
  assert.equal(eirp! - loss! - rejection! + gain!, arrives);
  assert.equal(limit! - arrives!, margin);
});

test("a report is not sent before it says what suffers, where in the spectrum, and who reports", () => {
  const form = emptyReport("south", "", 0);
  assert.equal(missingOf(form).length, 3);
  const full = { ...form, role: "spectrum", system: "GPS", low_hz: 1e9, high_hz: 2e9 };
  assert.deepEqual(missingOf(full), []);
  assert.equal(missingOf({ ...full, has_place: true }).length, 1);
  assert.deepEqual(openOf({ ...full, activity: "south/S-7" }).report.source, { party: "south", activity: "S-7" });
});

test("free channels are not asked for before the place was read", () => {
  const wish = firstWish(0);
  assert.equal(bodyOf(wish), null);
  assert.notEqual(bodyOf({ ...wish, spot: { text: "36N 026E", at: [26, 36], radius_m: 1000 } }), null);
});
