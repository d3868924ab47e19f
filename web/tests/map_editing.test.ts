import assert from "node:assert/strict";
import { test } from "node:test";
import type { Footprint } from "../src/kernel/records.ts";
import { drawn, handlesOf, History, moved } from "../src/map/editing.ts";
import { leg } from "../src/map/geodesic.ts";

const SHAPES: Footprint[] = [
  {
    type: "polygon",
    parts: [
      [[[0, 0], [2, 0], [2, 2]], [[1, 0.2], [1.5, 0.2], [1.5, 0.5]]],
      [[[5, 5], [6, 5], [6, 6]]],
    ],
  },
  { type: "corridor", points: [[0, 0], [1, 1]], half_width_m: 500 },
  { type: "track", points: [[0, 0], [1, 1]], times_s: [0, 60], radius_m: 500 },
  { type: "circle", centre: [30, 35], radius_m: 9260 },
];

for (const shape of SHAPES)
  test(`a ${shape.type} whose handles nobody moved stays as it was`, () => {
    assert.deepEqual(moved(shape, handlesOf(shape).map(({ points }) => points)), shape);
  });

test("a hole and a second part move by themselves", () => {
  const lines = handlesOf(SHAPES[0]!).map(({ points }) => [...points]);
  lines[1]![0] = [1.1, 0.3];
  const after = moved(SHAPES[0]!, lines);
  assert.ok(after.type === "polygon");
  assert.deepEqual(after.parts[0]![1]![0], [1.1, 0.3]);
  assert.deepEqual(after.parts[1], SHAPES[0]!.type === "polygon" && SHAPES[0].parts[1]);
});

test("a circle whose centre is moved keeps its radius", () => {
  const [handle] = handlesOf(SHAPES[3]!);
  const after = moved(SHAPES[3]!, [[[31, 35], handle!.points[1]!]]);
  assert.deepEqual(after, { type: "circle", centre: [31, 35], radius_m: 9260 });
});

test("a circle whose rim is moved reaches to where it was put", () => {
  const after = moved(SHAPES[3]!, [[[30, 35], [30, 35.5]]]);
  const { distance_m } = leg([30, 35], [30, 35.5]);
  assert.deepEqual(after, { type: "circle", centre: [30, 35], radius_m: Math.round(distance_m) });
});

test("too few points are no shape yet", () => {
  assert.equal(drawn("polygon", [[0, 0], [1, 1]], 1), null);
  assert.equal(drawn("corridor", [[0, 0]], 1), null);
  assert.equal(drawn("circle", [[0, 0], [0, 0]], 1), null);
});

test("undo and redo walk through what was there, and a new change ends the way forward", () => {
  const history = new History();
  const [a, b, c] = SHAPES as [Footprint, Footprint, Footprint];
  for (const shape of [a, b]) history.push(shape);
  assert.equal(history.undo(), a);
  assert.equal(history.undo(), null);
  assert.equal(history.redo(), b);
  history.undo();
  history.push(c);
  assert.equal(history.redo(), null);
  assert.equal(history.undo(), a);
});
