import assert from "node:assert/strict";
import { test } from "node:test";
import { positions, readKml } from "../src/map/kml.ts";
import { kindOf, LayerError, readGeoJson } from "../src/map/layers.ts";

function fault(work: () => unknown): string {
  try {
    work();
  } catch (error) {
    assert.ok(error instanceof LayerError, String(error));
    return error.fault;
  }
  return "none";
}

const point = (coordinates: unknown) => JSON.stringify({ type: "Point", coordinates });

test("of a file's properties only the name is kept", () => {
  const properties = { name: "<b>Firing</b>", href: "https://elsewhere.example", style: "x" };
  const geometry = { type: "Point", coordinates: [1, 2, 300] };
  const { features } = readGeoJson(JSON.stringify({ type: "Feature", properties, geometry }));
  assert.deepEqual(features, [
    {
      type: "Feature",
      properties: { name: "<b>Firing</b>" },
      geometry: { type: "Point", coordinates: [1, 2] },
    },
  ]);
});

test("what is no place on Earth is refused", () => {
  for (const bad of [[1], ["1", "2"], [1, 91], [1e9, 0], [null, 0], "1,2", {}])
    assert.equal(fault(() => readGeoJson(point(bad))), "not_read");
});

test("a file without places is refused, and so is one that is no JSON", () => {
  assert.equal(fault(() => readGeoJson('{"type":"FeatureCollection","features":[]}')), "no_places");
  assert.equal(fault(() => readGeoJson("{")), "not_read");
  assert.equal(fault(() => readGeoJson("[]")), "not_read");
  assert.equal(fault(() => readGeoJson('{"type":"Topology"}')), "not_read");
});

test("collections within collections are followed only so deep", () => {
  let text = point([1, 2]);
  for (let deep = 0; deep < 20; deep += 1)
    text = `{"type":"GeometryCollection","geometries":[${text}]}`;
  assert.equal(fault(() => readGeoJson(text)), "not_read");
});

test("more points than a browser should hold are refused", () => {
  const coordinates = Array.from({ length: 500_001 }, () => [1, 2]);
  const text = JSON.stringify({ type: "LineString", coordinates });
  assert.equal(fault(() => readGeoJson(text)), "too_large");
});

test("a KML file that declares entities is refused before it is parsed", () => {
  const never = () => assert.fail("parsed");
  for (const head of ["<!DOCTYPE kml [", "<!ENTITY a 'b'>", "<!doctype kml>"])
    assert.equal(fault(() => readKml(`<?xml version="1.0"?>${head}<kml/>`, never)), "entities");
});

test("KML's coordinates are tuples by white space, longitude first", () => {
  assert.deepEqual(positions(" 30,35,100\n\t31.5,35.25 "), [[30, 35], [31.5, 35.25]]);
  assert.deepEqual(positions(""), []);
  for (const bad of ["30", "30,", ",35", "a,b", "30,95"])
    assert.equal(fault(() => positions(bad)), "not_read");
});

test("a file's kind is by its ending, whatever else its name says", () => {
  assert.equal(kindOf("FIR <script>.kml"), "kml");
  assert.equal(kindOf("base.PMTILES"), "pmtiles");
  assert.equal(fault(() => kindOf("places.kmz")), "unknown_kind");
});
