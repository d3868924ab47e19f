/** What a stranger may send, and the console's kernel must bear. */
import assert from "node:assert/strict";
import { test } from "node:test";
import { strictly } from "../src/kernel/api.ts";
import { dayOf, timeOf } from "../src/charts/moments.ts";
import { keyOf, partsOf } from "../src/kernel/records.ts";
import { distinct } from "../src/kernel/safe.ts";
import { local, stamp, zulu } from "../src/kernel/zulu.ts";

const NO_TIMES = [1e300, -1e300, 8.64e12 + 1, Number.NaN, Infinity];

test("a time beyond the calendar is shown as unknown, and breaks nothing", () => {
  for (const at_s of NO_TIMES) {
    assert.equal(zulu(at_s), "—");
    assert.equal(stamp(at_s), undefined);
    assert.equal(local(at_s), "");
    assert.equal(dayOf(at_s), "—");
    assert.equal(timeOf(at_s), "—");
  }
});

test("a time is stamped for machines to the second", () => {
  assert.equal(stamp(1_795_435_471.9), "2026-11-23T12:04:31Z");
});

test("half a character in a name makes a key and an address all the same", () => {
  assert.equal(keyOf("a\ud800", "b"), "a%EF%BF%BD/b");
  assert.equal(strictly("\udc00"), "%EF%BF%BD");
});

test("what is no key of ours has its parts as they are written", () => {
  assert.deepEqual(partsOf("%zz/b"), ["%zz", "b"]);
});

test("names that objects have of their own are names like others", () => {
  for (const name of ["__proto__", "constructor", "toString"]) assert.deepEqual(partsOf(keyOf(name, name)), [name, name]);
});

test("rows that a stranger gave the same name are rows of their own", () => {
  const keys = distinct(["a", "b", "a", "__proto__", "a", "__proto__"]);
  assert.equal(new Set(keys).size, keys.length);
  assert.deepEqual(keys.slice(0, 2), ["a", "b"]);
});
