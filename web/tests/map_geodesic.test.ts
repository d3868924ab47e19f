import assert from "node:assert/strict";
import { test } from "node:test";
import { areaOf, boundsOf, outlineOf } from "../src/map/footprint.ts";
import { between, curve, leg } from "../src/map/geodesic.ts";

test("a measured leg agrees with Vincenty's published line from Flinders Peak to Buninyong", () => {
  const found = leg([144.424_867_888_9, -37.951_033_416_7], [143.926_495_527_8, -37.652_821_138_9]);
  assert.ok(Math.abs(found.distance_m - 54_972.271) < 0.05, String(found.distance_m));
  assert.ok(Math.abs(found.bearing_deg - 306.868_159) < 1e-4, String(found.bearing_deg));
});

test("a leg between opposite ends of the Earth still has a length", () => {
  assert.ok(Math.abs(leg([0, 0], [180, 0]).distance_m - 20_003_931) < 25_000);
});

test("a leg over 180 degrees is the short one", () => {
  const east = leg([179.5, 10], [-179.5, 10]).distance_m;
  assert.ok(Math.abs(east - leg([10, 10], [11, 10]).distance_m) < 1e-3);
});

test("a line over 180 degrees runs on instead of back round the world", () => {
  const lons = curve([[179, 0], [-179, 0]]).map(([lon]) => lon!);
  assert.deepEqual([Math.min(...lons), Math.max(...lons)], [179, 181]);
});

test("half of the way is as far from both ends", () => {
  const half = between([0, 50], [60, 50], 0.5);
  assert.ok(half[1]! > 50);
  assert.ok(Math.abs(half[0]! - 30) < 1e-6);
});

test("a circle's outline is everywhere its radius from the centre", () => {
  const ring = outlineOf(areaOf({ type: "circle", centre: [30, 35], radius_m: 50_000 })!)!;
  for (const at of ring) {
    const { distance_m } = leg([30, 35], at);
    assert.ok(Math.abs(distance_m / 50_000 - 1) < 0.005, String(distance_m));
  }
});

test("a corridor's outline is nowhere nearer its line's ends than its half-width", () => {
  const ring = outlineOf(
    areaOf({ type: "corridor", points: [[30, 35], [31, 35.5], [32, 35]], half_width_m: 9260 })!,
  )!;
  for (const end of [[30, 35], [32, 35]] as const)
    for (const at of ring) assert.ok(leg([...end], at).distance_m > 9260 * 0.99);
});

test("a hole keeps to the side of the world its outline is on", () => {
  const outer = [[170, 0], [-170, 0], [-170, 20], [170, 20]] as const;
  const hole = [[-179, 5], [-175, 5], [-175, 10], [-179, 10]] as const;
  const area = areaOf({ type: "polygon", parts: [[outer, hole]] });
  assert.ok(area?.type === "MultiPolygon");
  assert.deepEqual(boundsOf(area.coordinates[0]![1]!).map(Math.round), [181, 5, 185, 10]);
});
