import assert from "node:assert/strict";
import { test } from "node:test";
import { saidFreq } from "../src/charts/frequency.ts";
import { references, saidHeight } from "../src/charts/height.ts";
import type { ChartItem } from "../src/charts/item.ts";
import { localTime, readJump } from "../src/charts/moments.ts";
import { linearTicks, logTicks, nice } from "../src/charts/number_ticks.ts";
import { timeTicks } from "../src/charts/time_ticks.ts";

const NOON_S = Date.UTC(2026, 10, 23, 12) / 1000;

test("time ticks are round, in the window and apart, from a minute to a century", () => {
  for (const width_s of [60, 600, 7200, 86_400, 9e5, 9e6, 1e8, 3e9]) {
    const [from_s, to_s] = [NOON_S + 7, NOON_S + 7 + width_s];
    const ticks = timeTicks(from_s, to_s, 1000);
    assert.ok(ticks.length >= 2 && ticks.length <= 15, `${width_s}: ${ticks.length}`);
    assert.ok(ticks.every(({ at_s }) => at_s >= from_s && at_s <= to_s));
  }
});

test("midnight is marked with its date", () => {
  const ticks = timeTicks(NOON_S, NOON_S + 86_400, 1000);
  assert.deepEqual(
    ticks.filter(({ midnight }) => midnight).map(({ label }) => label),
    ["2026-11-24"],
  );
});

test("an empty window has no ticks", () => {
  assert.deepEqual(timeTicks(5, 5, 100), []);
  assert.deepEqual(linearTicks(5, 5, 100), []);
  assert.deepEqual(logTicks(0, 5, 100), []);
});

test("the nice step is the least of 1, 2, 5 by ten that suffices", () => {
  for (let least = 0.013; least < 5e4; least *= 1.37) {
    const step = nice(least);
    const lesser = [0.001, 0.002, 0.005].flatMap((one) => Array.from({ length: 9 }, (_, power) => one * 10 ** power));
    assert.ok(Math.abs(step - Math.min(...lesser.filter((one) => one >= least * (1 - 1e-9)))) < step * 1e-9);
  }
});

test("vertical ticks leave room for their labels on both kinds of axis", () => {
  for (const [low, high] of [[0, 12_000], [-300, 100], [118e6, 137e6], [1e5, 1e10], [3e3, 3e11]] as const) {
    for (const height of [90, 240, 700]) {
      const even = linearTicks(low, high, height).map((at) => ((at - low) / (high - low)) * height);
      const logs = low > 0 ? logTicks(low, high, height).map((at) => (Math.log(at / low) / Math.log(high / low)) * height) : [];
      for (const places of [even, logs]) {
        places.slice(1).forEach((at, place) => assert.ok(at - (places[place] ?? 0) >= 20, `${low} ${high} ${height}`));
        assert.ok(places.every((at) => at >= -1e-6 && at <= height + 1e-6));
      }
    }
  }
});

test("frequencies are said in the unit of their band (ITU RR 2.1)", () => {
  assert.deepEqual(
    [60, 2182e3, 3e6, 121.5e6, 1575.42e6, 9.41e9].map((freq_hz) => saidFreq(freq_hz)),
    ["60 Hz", "2182 kHz", "3 MHz", "121.5 MHz", "1575.42 MHz", "9.41 GHz"],
  );
  assert.equal(saidFreq(400e6, 100e6), "400 MHz");
  assert.equal(saidFreq(118.05e6, 0.05e6), "118.05 MHz");
});

test("a height is never said without what it is measured from", () => {
  const depth = (text: string) => `depth ${text}`;
  assert.equal(saidHeight(3657.6, "pressure", "ft", depth), "FL120");
  assert.equal(saidHeight(3657.6, "pressure", "m", depth), "3\u202f658 m STD");
  assert.equal(saidHeight(457.2, "ground", "ft", depth), "1\u202f500 ft AGL");
  assert.equal(saidHeight(-120, "msl", "m", depth), "depth 120 m");
  assert.equal(saidHeight(120, undefined, "m", depth), "120 m AMSL");
});

test("an item between two datums names both", () => {
  const item = { low: 0, high: 3000, datum: "ground", datum_high: "pressure" } as ChartItem;
  assert.deepEqual(references(item), ["AGL", "FL"]);
  assert.deepEqual(references({ ...item, low: null }), ["FL"]);
});

test("a jump reads times, date-time groups and days as Zulu, and refuses the rest", () => {
  const at = (text: string) => {
    const at_s = readJump(text, NOON_S);
    return at_s === null ? null : new Date(at_s * 1000).toISOString().slice(0, 19);
  };
  assert.equal(at("9:05"), "2026-11-23T09:05:00");
  assert.equal(at("1204z"), "2026-11-23T12:04:00");
  assert.equal(at("242330Z"), "2026-11-24T23:30:00");
  assert.equal(at("231204Z NOV 27"), "2027-11-23T12:04:00");
  assert.equal(at("2026-12-01"), "2026-12-01T00:00:00");
  assert.equal(at("2026-12-01 23:59:30"), "2026-12-01T23:59:30");
  for (const wrong of ["", "25:00", "12:60", "310000Z", "2026-02-30", "noon", "120", "12045"]) assert.equal(at(wrong), null, wrong);
});

test("local time says where its day is another than the Zulu one", () => {
  assert.equal(localTime(NOON_S, 7200), "14:00");
  assert.equal(localTime(NOON_S + 11 * 3600, 7200), "01:00 +1");
  assert.equal(localTime(NOON_S - 11 * 3600, -18_000), "20:00 −1");
});
