import assert from "node:assert/strict";
import { test } from "node:test";
import { labelsOf, Labels, Moving } from "../src/map/features.ts";
import type { MapMover, MapShape } from "../src/map/shapes.ts";

const mover = (more: Partial<MapMover> = {}): MapMover => ({
  id: "a", party: "north", ours: true, arena: "air", label: "A",
  points: [[30, 35], [31, 35]], times_s: [0, 1000], from_s: 0, to_s: 1000, ...more,
});

test("what moves is seen to shift once the fastest came on by the least way", () => {
  const moving = new Moving([mover(), mover({ points: [[30, 35], [30, 35.5]] })]);
  moving.at(100);
  assert.equal(moving.shifts(100, 150, 0.1), false);
  assert.equal(moving.shifts(100, 201, 0.1), true);
});

test("what comes or goes is seen at once", () => {
  const moving = new Moving([mover(), mover({ from_s: 101 })]);
  moving.at(100);
  assert.equal(moving.shifts(100, 101, 10), true);
});

test("across the antimeridian a way is as short as it is", () => {
  const moving = new Moving([mover({ points: [[179.5, 35], [-179.5, 35]] })]);
  moving.at(100);
  assert.equal(moving.shifts(100, 150, 0.1), false);
});

test("before anything was drawn, all of it shifts", () => {
  const moving = new Moving([mover()]);
  moving.at(0);
  assert.equal(moving.shifts(NaN, 0, 1), true);
});

test("labels that are more than can be read are none", () => {
  const shape = (lon: number): MapShape => ({
    id: String(lon), party: "north", ours: true, activity: "a", volume: "0", arena: "air",
    state: "Accepted", status: "planned", from_s: null, to_s: null, label: "A",
    geometry: { type: "Point", coordinates: [lon, 35] },
    path: { type: "LineString", coordinates: [[lon, 35], [lon + 1, 35]] },
  });
  const sets = [{ active: [0, 1], labels: new Labels([shape(30), shape(31)]) }];
  assert.equal(labelsOf(sets, () => true, 2).length, 2);
  assert.equal(labelsOf(sets, ([lon]) => lon > 31, 2).length, 1);
  assert.deepEqual(labelsOf(sets, () => true, 1), []);
});
