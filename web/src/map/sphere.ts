/** Land on the sphere, laid out on a flat map. */
import type { Feature, FeatureCollection, MultiLineString, Position } from "geojson";
import { boundsOf } from "./footprint.ts";
import { unwound } from "./geodesic.ts";

export interface Ground {
  readonly land: FeatureCollection;
  readonly coast: Feature<MultiLineString>;
}

/** Polygons of the sphere, whose rings jump at 180 degrees, as a flat map needs them. */
export function laid(polygons: readonly Position[][][]): Ground {
  const flat = polygons.map((rings) => rings.map((ring) => runOn(ring)));
  const areas = flat.map((rings) => beside(rings.map(closedAtPole)));
  return {
    land: {
      type: "FeatureCollection",
      features: areas.map((coordinates) => ({
        type: "Feature", properties: {}, geometry: { type: "Polygon", coordinates },
      })),
    },
    coast: {
      type: "Feature",
      properties: {},
      geometry: { type: "MultiLineString", coordinates: flat.flat() },
    },
  };
}

function runOn(ring: readonly Position[]): Position[] {
  let near = ring[0]?.[0] ?? 0;
  return ring.map(([lon, lat]) => [(near = unwound(lon!, near)), lat!]);
}

/** A ring around a pole ends a turn from where it began: it closes along the map's edge. */
function closedAtPole(ring: Position[]): Position[] {
  const [first, last] = [ring[0], ring.at(-1)];
  if (!first || !last || Math.abs(first[0]! - last[0]!) < 180) return ring;
  const edge = Math.sign(first[1]!) * 90;
  return [...ring, [last[0]!, edge], [first[0]!, edge], first];
}

/** Holes by whole turns to where their outline is. */
function beside([outer = [], ...holes]: Position[][]): Position[][] {
  const [west, , east] = boundsOf(outer);
  return [
    outer,
    ...holes.map((hole) => {
      const [from, , to] = boundsOf(hole);
      const turn = unwound((from + to) / 2, (west + east) / 2) - (from + to) / 2;
      return hole.map(([lon, lat]) => [lon! + turn, lat!]);
    }),
  ];
}
