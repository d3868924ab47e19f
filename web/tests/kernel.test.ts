import assert from "node:assert/strict";
import { test } from "node:test";
import { asking, at } from "../src/kernel/api.ts";
import { frequency, height, place } from "../src/kernel/figures.ts";
import { keyOf, partsOf } from "../src/kernel/records.ts";
import { shown, shownLines } from "../src/kernel/safe.ts";
import { readZulu, span, zulu } from "../src/kernel/zulu.ts";

test("a name with a slash stays one part of a path and of a key", () => {
  assert.equal(at("activities", "N/7 (a)"), "/api/v1/activities/N%2F7%20%28a%29");
  assert.deepEqual(partsOf(keyOf("north", "N/7*")), ["north", "N/7*"]);
});

test("a query leaves out what is not given", () => {
  assert.equal(asking("/x", { party: "", limit: 3, after: undefined }), "/x?limit=3");
});

test("what turns or hides text is shown as a mark", () => {
  for (const hidden of ["\u202e", "\u200b", "\u2066", "\u0000", "\ufeff", "\u{e0041}", "\u2028"]) {
    assert.equal(shown(`a${hidden}b`), "a␣b", hidden.codePointAt(0)!.toString(16));
  }
  assert.equal(shown(`e${"\u0301".repeat(50)}`).length, 5);
  assert.equal(shown("x".repeat(5000)).length, 2001);
  assert.deepEqual(shownLines("a\r\nb\u202e\nc"), ["a", "b␣", "c"]);
});

test("a time that was written is read back as the same second", () => {
  for (const at_s of [0, 1_900_000_000, 951_782_399, 4_102_444_799]) assert.equal(readZulu(zulu(at_s)), at_s);
  assert.equal(readZulu("231204Z NOV 26"), Date.UTC(2026, 10, 23, 12, 4) / 1000);
});

test("a time without its zone, or that no calendar has, is not read", () => {
  for (const text of ["2026-11-23 12:04", "2026-02-30 10:00Z", "2026-11-23 24:00Z", "12:04Z", "310400Z FEB 26", "1e9"]) {
    assert.equal(readZulu(text), null, text);
  }
});

test("seconds and minutes that round up carry over", () => {
  assert.equal(place(33.99999999, 0, "DMS"), "00°00′00.0″N 034°00′00.0″E");
  assert.equal(place(-33.99999999, -0.5, "DDM"), "00°30.000′S 034°00.000′W");
});

test("heights say their datum, and levels are levels", () => {
  assert.equal(height(3048, "msl", "ft"), "10,000 ft AMSL");
  assert.equal(height(3048, "pressure", "m"), "FL100");
  assert.equal(frequency(1_575_420_000), "1.57542 GHz");
  assert.equal(span(-93_784), "−1 d 02:03");
});
