/** The box in which volumes lie, with room about them: where a map should look. */
import type { Volume } from "../../kernel/records.ts";
import type { Bounds } from "../../map/shapes.ts";
import { placesOf } from "./volumes.ts";

const ROOM = 0.4;
const LEAST_DEG = 0.15;
const M_PER_DEG = 111_000;

/** Null: nowhere, or across the antimeridian, which no box of ours spans. */
export function boxOf(volumes: readonly Pick<Volume, "footprint">[]): Bounds | null {
  let box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const { footprint } of volumes) {
    const far_m = "radius_m" in footprint ? footprint.radius_m : "half_width_m" in footprint ? footprint.half_width_m : 0;
    for (const [lon_deg, lat_deg] of placesOf(footprint)) {
      const up = far_m / M_PER_DEG;
      const aside = up / Math.max(0.05, Math.cos((lat_deg * Math.PI) / 180));
      box = [Math.min(box[0], lon_deg - aside), Math.min(box[1], lat_deg - up), Math.max(box[2], lon_deg + aside), Math.max(box[3], lat_deg + up)];
    }
  }
  const [west, south, east, north] = box;
  if (!(east >= west) || east - west > 180) return null;
  const [wide, high] = [Math.max(LEAST_DEG, (east - west) * ROOM), Math.max(LEAST_DEG, (north - south) * ROOM)];
  return [Math.max(-180, west - wide), Math.max(-89, south - high), Math.min(180, east + wide), Math.min(89, north + high)];
}
