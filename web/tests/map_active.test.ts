import assert from "node:assert/strict";
import { test } from "node:test";
import { Active, type Interval } from "../src/map/active.ts";

function random(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function intervals(count: number, next: () => number): Interval[] {
  return Array.from({ length: count }, () => {
    const from_s = Math.floor(next() * 100);
    return {
      from_s: next() < 0.1 ? null : from_s,
      to_s: next() < 0.1 ? null : from_s + Math.floor(next() * 20),
    };
  });
}

function places(items: Interval[], is: (from_s: number, to_s: number) => boolean): number[] {
  return items.flatMap(({ from_s, to_s }, at) => {
    const [from, to] = [from_s ?? -Infinity, to_s ?? Infinity];
    return from < to && is(from, to) ? [at] : [];
  });
}

test("the index finds who is active at an instant, as looking at each does", () => {
  const next = random(11);
  for (const count of [0, 1, 15, 16, 17, 300, 1000]) {
    const items = intervals(count, next);
    const index = new Active(items);
    for (let at = -2; at < 125; at += 0.5) {
      const expected = places(items, (from, to) => from <= at && at < to);
      assert.deepEqual([...index.at(at)], expected);
    }
  }
});

test("the index finds who touches a window, as looking at each does", () => {
  const next = random(12);
  const items = intervals(700, next);
  const index = new Active(items);
  for (let round = 0; round < 300; round += 1) {
    const start = Math.floor(next() * 120) - 5;
    const end = start + 1 + Math.floor(next() * 30);
    const expected = places(items, (from, to) => from < end && to > start);
    assert.deepEqual([...index.within(start, end)], expected);
  }
});

test("an interval holds at its start and no longer at its end", () => {
  const index = new Active([{ from_s: 10, to_s: 20 }]);
  assert.deepEqual([9.9, 10, 19.9, 20].map((at) => index.at(at).length), [0, 1, 1, 0]);
});

test("an interval without a start or an end holds for ever that way", () => {
  const index = new Active([{ from_s: null, to_s: 5 }, { from_s: 5, to_s: null }]);
  assert.deepEqual([...index.at(-1e12)], [0]);
  assert.deepEqual([...index.at(1e12)], [1]);
});
