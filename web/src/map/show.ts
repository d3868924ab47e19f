/** Small readings of what is shown. */
import type { Geometry } from "geojson";
import { boundsOf, outlineOf } from "./footprint.ts";
import type { Bounds } from "./shapes.ts";

/** The box around all; none where there is nothing. */
export function extent(of: readonly { readonly geometry: Geometry | null }[]): Bounds | null {
  const points = of.flatMap(({ geometry }) => {
    const box = geometry && boundsOf(outlineOf(geometry) ?? []);
    return box && Number.isFinite(box[0]) ? [[box[0], box[1]], [box[2], box[3]]] : [];
  });
  return points.length > 0 ? boundsOf(points) : null;
}
