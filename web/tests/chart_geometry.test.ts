import assert from "node:assert/strict";
import { test } from "node:test";
import { clipped, merged } from "../src/charts/clip.ts";
import { dragged, draggedItem } from "../src/charts/drag.ts";
import { density, heatOf, type Box } from "../src/charts/heat.ts";
import { grip, hit } from "../src/charts/hit.ts";
import { atX, atY, boxOf, xOf, yOf, type Axis } from "../src/charts/scale.ts";

/** Numbers in [0, 1), the same in every run. */
function dice(seed: number): () => number {
  let state = seed;
  return () => (state = (state * 48_271) % 2_147_483_647) / 2_147_483_647;
}

function boxes(count: number, roll: () => number): Box[] {
  return Array.from({ length: count }, () => {
    const [x0, y0] = [roll() * 110 - 5, roll() * 80 - 5];
    return { x0, y0, x1: x0 + roll() * 30, y1: y0 + roll() * 20 };
  });
}

test("what is clipped is what every sampled instant of the window says", () => {
  const roll = dice(1);
  for (let round = 0; round < 300; round++) {
    const from = roll() < 0.3 ? null : Math.floor(roll() * 20);
    const to = roll() < 0.3 ? null : (from ?? 0) + 1 + Math.floor(roll() * 10);
    const seen = clipped(from, to, 5, 15);
    const inside = Array.from({ length: 1000 }, (_, place) => 5 + place / 100).filter(
      (at) => at >= (from ?? -Infinity) && at < (to ?? Infinity),
    );
    assert.equal(seen !== null, inside.length > 0);
    if (!seen) continue;
    assert.equal(seen.from, inside[0]);
    assert.ok(Math.abs(seen.to - (inside.at(-1) ?? 0) - 0.01) < 1e-9);
    assert.deepEqual([seen.open_from, seen.open_to], [from === null, to === null]);
  }
});

test("merged intervals cover the same instants, and none touches another", () => {
  const roll = dice(2);
  const intervals = Array.from({ length: 40 }, (): [number, number] => {
    const from = Math.floor(roll() * 300);
    return [from, from + 1 + Math.floor(roll() * 6)];
  });
  const out = merged(intervals);
  for (let at = 0.5; at < 310; at++) {
    const covers = ([from, to]: readonly [number, number]) => from <= at && at < to;
    assert.equal(out.some(covers), intervals.some(covers));
  }
  out.slice(1).forEach(([from], place) => assert.ok(from > (out[place]?.[1] ?? 0)));
});

test("each heat cell counts the boxes that touch it", () => {
  const cell = 6;
  const all = boxes(200, dice(3));
  const heat = heatOf(all, 100, 70, cell);
  const range = (low: number, high: number, cells: number) => {
    const first = Math.min(Math.max(0, Math.floor(low / cell)), cells - 1);
    return [first, Math.min(cells, Math.max(first + 1, Math.ceil(high / cell)))] as const;
  };
  for (let row = 0; row < heat.rows; row++) {
    for (let column = 0; column < heat.columns; column++) {
      const count = all.filter(({ x0, x1, y0, y1 }) => {
        const [c0, c1] = range(x0, x1, heat.columns);
        const [r0, r1] = range(y0, y1, heat.rows);
        return c0 <= column && column < c1 && r0 <= row && row < r1;
      }).length;
      assert.equal(heat.counts[row * heat.columns + column], count);
    }
  }
  assert.equal(heat.most, Math.max(...heat.counts));
});

test("density counts the intervals over each cell, open ends to the edge", () => {
  const counts = density([[null, 20], [10, 30], [25, null], [200, 300], [50, 50]], 0, 100, 10);
  assert.deepEqual([...counts], [1, 2, 2, 1, 1, 2, 1, 1, 1, 1]);
});

test("a hit is the smallest box under the pointer", () => {
  const roll = dice(4);
  const all = boxes(150, roll);
  for (let round = 0; round < 300; round++) {
    const [x, y] = [roll() * 100, roll() * 70];
    const under = all.filter((box) => box.x0 <= x && x <= box.x1 && box.y0 <= y && y <= box.y1);
    const area = (box: Box) => Math.max(1, box.x1 - box.x0) * Math.max(1, box.y1 - box.y0);
    const found = all[hit(all, x, y, 0)];
    assert.equal(found && area(found), under.length ? Math.min(...under.map(area)) : undefined);
  }
});

test("a small box is moved as a whole, a large one is stretched by its ends", () => {
  assert.deepEqual([0, 3, 50, 97, 100].map((at) => grip(0, 100, at)), ["start", "start", "body", "end", "end"]);
  assert.equal(grip(0, 4, 2), "body");
});

test("a value put on an axis and read back is the same", () => {
  const axes: Axis[] = [{ low: -300, high: 9000 }, { low: 1e6, high: 1e10, log: true }, { low: 2, high: 12, top: true }];
  for (const axis of axes) {
    for (const share of [0, 0.2, 0.7, 1]) {
      const value = axis.low + share * (axis.high - axis.low);
      assert.ok(Math.abs(atY(axis, yOf(axis, value, 180), 180) - value) < 1e-6 * axis.high);
    }
  }
  assert.equal(atX({ from_s: 100, to_s: 200 }, xOf({ from_s: 100, to_s: 200 }, 130, 640), 640), 130);
});

test("an open bound reaches the edge of the plot and is marked as open", () => {
  const box = boxOf({ from_s: null, to_s: 50, low: 100, high: null }, { from_s: 0, to_s: 100 }, { low: 0, high: 200 }, { width: 100, height: 200 });
  assert.deepEqual(box, { x0: 0, x1: 50, y0: 0, y1: 100, left: true, right: false, above: true, below: false });
});

test("a frequency without width is still seen", () => {
  const box = boxOf({ from_s: 0, to_s: 9, low: 1e8, high: 1e8 }, { from_s: 0, to_s: 10 }, { low: 1e7, high: 1e9, log: true }, { width: 10, height: 10 });
  assert.ok(box);
});

test("a dragged span keeps its length, lies on steps and never turns over", () => {
  const roll = dice(5);
  for (let round = 0; round < 500; round++) {
    const low = Math.floor(roll() * 100) * 10;
    const high = low + 10 + Math.floor(roll() * 50) * 10;
    const by = (roll() - 0.5) * 2000;
    const [from, to] = dragged([low, high], "body", by, 10) as [number, number];
    assert.equal(to - from, high - low);
    assert.ok(Math.abs(from - low - by) <= 5 && from % 10 === 0);
    for (const part of ["start", "end"] as const) {
      const [start, end] = dragged([low, high], part, by, 10) as [number, number];
      assert.ok(start < end);
    }
  }
});

test("an open bound stays open when the item is dragged", () => {
  const item = { from_s: null, to_s: 600, low: 0, high: null };
  assert.deepEqual(draggedItem(item, "x", "body", 60, 60), { ...item, to_s: 660 });
  assert.deepEqual(draggedItem(item, "y", "body", 100, 50), { ...item, low: 100 });
});
