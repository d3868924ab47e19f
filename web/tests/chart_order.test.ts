import assert from "node:assert/strict";
import { test } from "node:test";
import { conflictsOf, itemsOf, meetingOf } from "../src/charts/from_records.ts";
import { lanesOf, rowsOf, scrolledTo } from "../src/charts/gantt.ts";
import type { ChartItem } from "../src/charts/item.ts";
import { movesOf } from "../src/charts/keys.ts";
import { marksOf, nextStart } from "../src/charts/marks.ts";
import { chosenOf, inOrder, nextOf } from "../src/charts/order.ts";
import { around, ended, following, showing, zoomed } from "../src/charts/range.ts";
import { asTsv } from "../src/charts/tsv.ts";
import type { Held, Met } from "../src/kernel/records.ts";

function item(id: string, party: string, from_s: number | null, more: Partial<ChartItem> = {}): ChartItem {
  const to_s = (from_s ?? 0) + 100;
  return {
    id, party, ours: party === "north", activity: id, volume: "0", arena: "air", label: id, status: "Accepted",
    from_s, to_s, low: 0, high: 100, ...more,
  };
}

const WINDOW = { from_s: 0, to_s: 36_000 };
const KEY = { shiftKey: false, altKey: false, ctrlKey: false, metaKey: false };

test("no cell of a copied table is a formula, and none breaks its row", () => {
  const text = asTsv([["=1+1", "+49", "-5", "@SUM", "\t=x", " =y", "＝z", "a\tb\nc"], [-5, null, "fine", "a=b"]]);
  const rows = text.split("\n").map((row) => row.split("\t"));
  assert.deepEqual(rows[0], ["'=1+1", "'+49", "'-5", "'@SUM", "' =x", "' =y", "'＝z", "a b c"]);
  assert.deepEqual(rows[1], ["-5", "", "fine", "a=b"]);
});

test("rows of the Gantt chart are ours first, each activity once and by its start", () => {
  const rows = rowsOf([item("c", "south", 5), item("b", "north", 9), item("a", "north", null), item("d", "south", 2), { ...item("d2", "south", 1), activity: "d" }]);
  assert.deepEqual(rows.map(({ party, activity }) => `${party} ${activity}`), ["north ", "north a", "north b", "south ", "south d", "south c"]);
  assert.equal(rows[4]?.items.length, 2);
});

test("volumes of a row that overlap lie in lanes that do not", () => {
  const one = item("one", "north", 0);
  const at = lanesOf([...rowsOf([one, { ...item("two", "north", 50), activity: "one" }, { ...item("three", "north", 100), activity: "one" }])]);
  const [a, b, c] = [at.get("one"), at.get("two"), at.get("three")];
  assert.ok(a && b && c && a.high <= b.low && c.high <= b.low);
  assert.ok(a.low > 1 && b.high < 2);
});

test("a row that is chosen is scrolled into sight and no further", () => {
  for (let first = 0; first <= 15; first++) {
    for (let row = 0; row < 20; row++) {
      const now = scrolledTo(first, row, 5, 20);
      assert.ok(now <= row && row < now + 5 && now >= 0 && now <= 15);
      if (row >= first && row < first + 5) assert.equal(now, first);
    }
  }
});

test("arrow keys go through items by time and stop at both ends", () => {
  const order = inOrder([item("b", "north", 9), item("a", "north", null), item("c", "south", 5)]);
  assert.deepEqual(order.map(({ id }) => id), ["a", "c", "b"]);
  assert.equal(nextOf(order, null, 1), "a");
  assert.equal(nextOf(order, null, -1), "b");
  assert.equal(nextOf(order, "b", 1), "b");
  assert.equal(nextOf([], "gone", 1), null);
});

test("the volume that was picked stays picked where only its activity is kept", () => {
  const all = [item("a", "north", 1), { ...item("a2", "north", 2), activity: "a" }, item("b", "north", 3)];
  assert.equal(chosenOf(all, "a", { id: "a2", kept: "a" }), "a2");
  assert.equal(chosenOf(all, "b", { id: "a2", kept: "a" }), "b");
  assert.equal(chosenOf(all, "b", { id: "a2", kept: "b" }), "b");
  assert.equal(chosenOf(all, null, { id: "a2", kept: "a" }), null);
});

test("the cursor keys stop at round times, far with Shift, at the ends with Home and End", () => {
  const cursor = (key: string, shiftKey = false) => movesOf({ ...KEY, key, shiftKey }, WINDOW, 1001);
  assert.deepEqual(cursor("ArrowRight"), { cursor_s: 1200 });
  assert.deepEqual(cursor("ArrowLeft"), { cursor_s: 900 });
  assert.deepEqual(cursor("ArrowRight", true), { cursor_s: 3000 });
  assert.deepEqual(cursor("Home"), { cursor_s: 0 });
  assert.deepEqual(cursor("End"), { cursor_s: 36_000 });
  assert.equal(movesOf({ ...KEY, key: "ArrowRight", ctrlKey: true }, WINDOW, 0), null);
});

test("zooming leaves the instant under the pointer where it is", () => {
  for (const factor of [0.3, 0.9, 1.5, 4]) {
    const out = zoomed(WINDOW, 9000, factor);
    assert.ok(Math.abs((9000 - out.from_s) / (out.to_s - out.from_s) - 0.25) < 0.001);
  }
  const least = zoomed(WINDOW, 0, 1e-9);
  assert.equal(least.to_s - least.from_s, 60);
});

test("while live, now stays in the first three quarters of a window of the same length", () => {
  for (const now_s of [-5e5, 0, 20_000, 27_000, 27_001, 1e6]) {
    const out = following(WINDOW, now_s);
    assert.equal(out.to_s - out.from_s, 36_000);
    assert.ok(now_s >= out.from_s && now_s <= out.from_s + 27_000);
  }
});

test("a cursor that leaves the window takes it along", () => {
  for (const at_s of [-100, 0, 18_000, 36_000, 99_999]) {
    const out = showing(WINDOW, at_s);
    assert.ok(at_s > out.from_s && at_s < out.to_s);
  }
  assert.equal(showing(WINDOW, 18_000), WINDOW);
});

test("the strip always contains the window, and stays still while it fits", () => {
  const view = { from_s: -20_000, to_s: 60_000 };
  assert.equal(around(view, WINDOW), view);
  for (const other of [{ from_s: 0, to_s: 600 }, { from_s: 50_000, to_s: 90_000 }, { from_s: -1e6, to_s: 1e6 }]) {
    const out = around(view, other);
    assert.ok(out.from_s < other.from_s && out.to_s > other.to_s);
  }
});

test("an end of the window never passes the other", () => {
  assert.deepEqual(ended(WINDOW, "from", 99_999), { from_s: 35_940, to_s: 36_000 });
  assert.deepEqual(ended(WINDOW, "to", -5), { from_s: 0, to_s: 60 });
});

test("marks of conflicts are apart, hold every conflict seen, and are wide enough to click", () => {
  const conflicts = Array.from({ length: 60 }, (_, n) => ({ id: String(n), items: [], from_s: n === 3 ? null : ((n * 7919) % 50_000) - 5000, to_s: null as number | null, low: null, high: null }));
  for (const one of conflicts) one.to_s = one.from_s === null ? 100 : one.from_s + 200;
  const marks = marksOf(conflicts, WINDOW, 1000);
  const seen = conflicts.filter((one) => (one.from_s ?? -1) < 36_000 && (one.to_s ?? 0) > 0).map(({ id }) => id);
  assert.deepEqual(marks.flatMap(({ ids }) => ids).sort(), seen.sort());
  marks.slice(1).forEach((mark, place) => assert.ok(mark.x0 >= (marks[place]?.x1 ?? 0) + 3));
  assert.ok(marks.every(({ x0, x1 }) => x1 - x0 >= 7 && x0 >= 0));
});

test("the next conflict is the nearest that begins on that side", () => {
  const all = [10, 30, 20].map((from_s) => ({ from_s, to_s: null, low: null, high: null }));
  assert.deepEqual([nextStart(all, 10, 1), nextStart(all, 25, -1), nextStart(all, 30, 1)], [20, 20, null]);
});

const VOLUME = {
  id: "0", arena: "air", footprint: { type: "everywhere" }, lower_m: 100, lower_datum: "ground", upper_m: null, upper_datum: "pressure", start_s: 0, end_s: 100,
} as const;
const RADIO = { ...VOLUME, id: "r", arena: "spectrum", low_hz: 1e8, high_hz: 2e8, role: "emit" } as const;

function held(party: string): Held {
  return { activity: { party, id: "x", title: "X", volumes: [VOLUME, RADIO] }, declared_s: 0, changed_s: 0, contact: "" } as unknown as Held;
}

test("a volume is an item of the chart that has its axis, its open bounds open", () => {
  const [height] = itemsOf([held("north")], "height", "north");
  assert.deepEqual([height?.low, height?.high, height?.datum, height?.datum_high, height?.ours], [100, null, "ground", "pressure", true]);
  assert.deepEqual(itemsOf([held("south")], "frequency", "north").map(({ low, role, ours }) => [low, role, ours]), [[1e8, "emit", false]]);
  assert.equal(itemsOf([held("north")], "none", "north").length, 2);
});

test("a conflict is drawn where the two meet, and only where both are drawn", () => {
  const side = (party: string, volume: string) => ({ party, activity: "x", volume, revision: 1 });
  const met = { id: "m", a: side("north", "0"), b: side("south", "0"), from_s: null, to_s: null, rule: "air" } as Met;
  const all = itemsOf([held("north"), held("south")], "height", "north", [met]);
  assert.deepEqual(all.map(({ conflict }) => conflict), [true, true]);
  assert.deepEqual(conflictsOf([met], all).map(({ from_s, to_s, low, high }) => [from_s, to_s, low, high]), [[0, 100, 100, null]]);
  assert.deepEqual(conflictsOf([met], itemsOf([held("north")], "height", "north")), []);
});

test("two that do not overlap meet in the gap between them", () => {
  const low = { from_s: 0, to_s: 10, low: 0, high: 100 };
  const high = { from_s: 5, to_s: null, low: 130, high: 200 };
  assert.deepEqual(meetingOf(low, high), { from_s: 5, to_s: 10, low: 100, high: 130 });
});

test("two radios far apart in frequency are marked in their own bands, not between them", () => {
  const radio = (id: string, low: number) => item(id, id, 0, { role: "emit", low, high: low + 10 });
  const side = (party: string) => ({ party, activity: party, volume: "0", revision: 1 });
  const met = { id: "m", a: side("north"), b: side("south"), from_s: null, to_s: null, rule: "radio" } as Met;
  const both = [radio("north/north/0", 100), radio("south/south/0", 9000)];
  assert.deepEqual(conflictsOf([met], both).map(({ low, high }) => [low, high]), [[100, 110], [9000, 9010]]);
  const near = [radio("north/north/0", 100), radio("south/south/0", 105)];
  assert.deepEqual(conflictsOf([met], near).map(({ low, high }) => [low, high]), [[105, 110]]);
});
