/** The ground: land and its coasts, without any border; served by the node itself. */
import type { FeatureCollection, MultiPolygon } from "geojson";
import { feature } from "topojson-client";
import fine from "world-atlas/land-10m.json?url";
import plain from "world-atlas/land-50m.json?url";
import { type Ground, laid } from "./sphere.ts";

/** Plain for the world, fine for coasts seen from near. */
export type Grade = "plain" | "fine";

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
  const world = feature(atlas, atlas.objects.land) as FeatureCollection<MultiPolygon>;
  return laid(world.features.flatMap(({ geometry }) => geometry.coordinates));
}
