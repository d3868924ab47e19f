import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { test } from "node:test";
import { boundsOf } from "../src/map/footprint.ts";
import { laid } from "../src/map/sphere.ts";

test("land over 180 degrees runs on, and draws no line back round the world", () => {
  const { coast } = laid([[[[179, 60], [-179, 60], [-179, 65], [179, 65], [179, 60]]]]);
  assert.deepEqual(boundsOf(coast.geometry.coordinates[0]!), [179, 60, 181, 65]);
});

test("land around the pole is closed along the map's edge, and its coast is not", () => {
  const ring = [[-180, -70], [-90, -70], [0, -70], [90, -70], [180, -70]];
  const { land, coast } = laid([[ring]]);
  const [area] = land.features;
  assert.ok(area?.geometry.type === "Polygon");
  assert.ok(area.geometry.coordinates[0]!.some(([, lat]) => lat === -90));
  assert.ok(coast.geometry.coordinates.flat().every(([, lat]) => lat === -70));
});

test("a lake lies within its land's side of the world", () => {
  const outer = [[-170, 0], [170, 0], [170, 20], [-170, 20], [-170, 0]];
  const { land } = laid([[outer, [[175, 5], [178, 5], [178, 10], [175, 5]]]]);
  const [area] = land.features;
  assert.ok(area?.geometry.type === "Polygon");
  const [west, , east] = boundsOf(area.geometry.coordinates[0]!);
  const [from, , to] = boundsOf(area.geometry.coordinates[1]!);
  assert.ok(west <= from && to <= east, `${west} ${from} ${to} ${east}`);
});

test("no coast of the shipped land spans more than the world, or jumps across it", () => {
  const { feature } = createRequire(import.meta.url)("topojson-client");
  const atlas = JSON.parse(
    readFileSync(createRequire(import.meta.url).resolve("world-atlas/land-50m.json"), "utf8"),
  );
  const polygons = feature(atlas, atlas.objects.land).features.flatMap(
    (one: { geometry: { coordinates: number[][][][] } }) => one.geometry.coordinates,
  );
  const { coast } = laid(polygons);
  for (const line of coast.geometry.coordinates)
    for (let at = 1; at < line.length; at += 1)
      assert.ok(Math.abs(line[at]![0]! - line[at - 1]![0]!) < 30);
});
