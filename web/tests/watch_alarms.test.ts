import assert from "node:assert/strict";
import { test } from "node:test";
import { aboutOf, callOf, nextOf } from "../src/screens/watch/alarms/about.ts";
import { mayClear, rankOf } from "../src/screens/watch/alarms/kinds.ts";
import { refOf } from "../src/screens/watch/hotline/calls.ts";
import { asked } from "../src/screens/watch/hotline/asked.ts";
import { piecesOf } from "../src/screens/watch/hotline/phrases.ts";
import { withoutCommands } from "../src/kernel/safe.ts";
import type { Notice } from "../src/kernel/records.ts";

const HASH = "ab".repeat(32);
const notices = new Map([[HASH, { peer: "south", activity: "S-1" } as Notice]]);
const about = (kind: string, subject: string) => aboutOf({ kind, subject }, "north", ["south"], notices);

test("a flash call comes before everything, a drill after what is real", () => {
  assert.equal(rankOf("flash"), 0);
  assert.ok(rankOf("drill") > rankOf("clock"));
});

test("an alarm about a call leads to that call, with names as the node writes them", () => {
  const found = about("flash call", "council/call/south/C%2F1");
  assert.deepEqual(callOf(found, ""), { call: "call/south/C%2F1" });
  assert.equal(refOf("council/call/south/C%2F1"), "call/south/C%2F1");
  assert.equal(nextOf(found, "north")[0]?.what, "goCall");
});

test("a notice that came too late leads to the notice, and to a call with words and its activity", () => {
  const found = about("too late to act", HASH);
  assert.equal(nextOf(found, "north")[0]?.query.notice, HASH);
  assert.deepEqual(callOf(found, HASH), { peer: "south", about: HASH, phrase: "T9R", activity: "S-1" });
});

test("a line that is down leads to the lines", () => {
  assert.deepEqual(nextOf(about("line down", "south"), "north")[0]?.paths, ["watch/peers"]);
});

test("what lasts as long as its cause is not offered to be cleared", () => {
  assert.equal(mayClear({ kind: "line down", subject: "south" }), false);
  assert.equal(mayClear({ kind: "flash call", subject: "council/call/south/C-1" }), false);
  assert.equal(mayClear({ kind: "clock skew", subject: "south" }), true);
});

test("a console does not tell people to type commands", () => {
  assert.equal(withoutCommands("call/south/C-1: south calls our duty officer, flash. Take it: `wideberth hotline take south/C-1`."), "call/south/C-1: south calls our duty officer, flash.");
});

test("a link to the hotline names whom, the phrase and its values", () => {
  assert.deepEqual(asked({ peer: "south", phrase: "N2X", activity: "S-1" }), { peer: "south", about: "", said: { code: "N2X", given: { activity: "S-1" } } });
  assert.equal(asked({}), null);
});

test("a wording is cut at its places", () => {
  assert.deepEqual(piecesOf("Place: {place}.").map((one) => one.slot || one.words), ["Place: ", "place", "."]);
});
