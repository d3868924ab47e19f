/** Small readings of what is shown. */
import type { Geometry } from "geojson";
import { boundsOf, outlineOf } from "./footprint.ts";
import type { Bounds, Place } from "./shapes.ts";

export function decimal({ lon_deg, lat_deg }: Place): string {
  const lat = `${Math.abs(lat_deg).toFixed(4)}°${lat_deg < 0 ? "S" : "N"}`;
  return `${lat} ${Math.abs(lon_deg).toFixed(4)}°${lon_deg < 0 ? "W" : "E"}`;
}

/** The box around all; none where there is nothing. */
export function extent(of: readonly { readonly geometry: Geometry | null }[]): Bounds | null {
  const points = of.flatMap(({ geometry }) => {
    const box = geometry && boundsOf(outlineOf(geometry) ?? []);
    return box && Number.isFinite(box[0]) ? [[box[0], box[1]], [box[2], box[3]]] : [];
  });
  return points.length > 0 ? boundsOf(points) : null;
}
