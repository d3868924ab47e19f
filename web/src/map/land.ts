/** The ground: land and its coasts, without any border; served by the node itself. */
import type { Feature, FeatureCollection, MultiLineString, MultiPolygon, Position } from "geojson";
import { feature } from "topojson-client";
import fine from "world-atlas/land-10m.json?url";
import plain from "world-atlas/land-50m.json?url";

/** Plain for the world, fine for coasts seen from near. */
export type Grade = "plain" | "fine";

export interface Ground {
  readonly land: FeatureCollection;
  readonly coast: Feature<MultiLineString>;
}

const ADDRESSES: Readonly<Record<Grade, string>> = { plain, fine };
const found = new Map<Grade, Promise<Ground>>();

/** Land and coasts; read once a page. */
export function ground(grade: Grade): Promise<Ground> {
  const known = found.get(grade);
  if (known) return known;
  const reading = read(ADDRESSES[grade]);
  found.set(grade, reading);
  reading.catch(() => found.delete(grade));
  return reading;
}

async function read(address: string): Promise<Ground> {
  const answer = await fetch(address);
  if (!answer.ok) throw new Error(`the land's outline: ${answer.status}`);
  const atlas = (await answer.json()) as { objects: { land: unknown } };
  const land = feature(atlas, atlas.objects.land) as FeatureCollection<MultiPolygon>;
  return { land, coast: coastOf(land) };
}

function coastOf(land: FeatureCollection<MultiPolygon>): Feature<MultiLineString> {
  const rings = land.features.flatMap((one) => one.geometry.coordinates.flat());
  return {
    type: "Feature",
    properties: {},
    geometry: { type: "MultiLineString", coordinates: rings.flatMap(shores) },
  };
}

/** A ring without the seams that cut it at 180 degrees and at the pole: they are no coast. */
export function shores(ring: readonly Position[]): Position[][] {
  const lines: Position[][] = [[]];
  ring.forEach((point, at) => {
    const before = ring[at - 1];
    if (before && isSeam(before, point)) lines.push([]);
    lines.at(-1)!.push(point);
  });
  return lines.filter((line) => line.length > 1);
}

function isSeam([lon1, lat1]: Position, [lon2, lat2]: Position): boolean {
  const turned = Math.abs(lon1!) > 179.99 && Math.abs(lon2!) > 179.99;
  return turned || (lat1! < -89.9 && lat2! < -89.9);
}
