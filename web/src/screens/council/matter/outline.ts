/** Outlines of footprints, good enough for a small sketch. */
import type { Footprint, Point } from "../../../kernel/records.ts";

const M_DEG = 111_195;
const STEPS = 48;

export function ringsOf(footprint: Footprint): Point[][] {
  switch (footprint.type) {
    case "polygon":
      return footprint.parts.flatMap((part) => (part[0] ? [part[0] as Point[]] : []));
    case "circle":
      return [disc(footprint.centre, footprint.radius_m)];
    case "corridor":
      return footprint.points.map((point) => disc(point, footprint.half_width_m));
    case "track":
      return footprint.points.map((point) => disc(point, footprint.radius_m));
    case "everywhere":
      return [];
  }
}

function disc([lon, lat]: Point, radius_m: number): Point[] {
  const high = radius_m / M_DEG;
  const wide = high / Math.max(0.01, Math.cos((lat * Math.PI) / 180));
  return Array.from({ length: STEPS }, (_, step) => {
    const turn = (2 * Math.PI * step) / STEPS;
    return [lon + wide * Math.cos(turn), lat + high * Math.sin(turn)];
  });
}

/** West, south, east, north; null: there is nothing. */
export function boxOf(rings: readonly (readonly Point[])[]): [number, number, number, number] | null {
  let box: [number, number, number, number] | null = null;
  for (const [lon, lat] of rings.flat()) {
    box = box
      ? [Math.min(box[0], lon), Math.min(box[1], lat), Math.max(box[2], lon), Math.max(box[3], lat)]
      : [lon, lat, lon, lat];
  }
  return box;
}
