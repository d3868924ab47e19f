/** Range and bearing between two places that a person points at. */
import type { FeatureCollection, Position } from "geojson";
import { curve, leg, type Leg } from "./geodesic.ts";
import type { Place } from "./shapes.ts";

export const M_PER_NM = 1852;

export interface Measured {
  readonly from: Place | null;
  readonly to: Place | null;
}

export const NOT_MEASURED: Measured = { from: null, to: null };

/** Point at a place: the first is the start, the second the end, the third a new start. */
export function pointed(measured: Measured, at: Place): Measured {
  return measured.from && !measured.to ? { from: measured.from, to: at } : { from: at, to: null };
}

export function legOf({ from, to }: Measured): Leg | null {
  return from && to ? leg(position(from), position(to)) : null;
}

export function lineOf({ from, to }: Measured): FeatureCollection {
  const ends = [from, to].filter((place) => place !== null).map(position);
  const line = { type: "LineString" as const, coordinates: curve(ends) };
  const points = { type: "MultiPoint" as const, coordinates: ends };
  return {
    type: "FeatureCollection",
    features: [...(ends.length > 1 ? [line] : []), points].map((geometry) => ({
      type: "Feature", properties: {}, geometry,
    })),
  };
}

function position({ lon_deg, lat_deg }: Place): Position {
  return [lon_deg, lat_deg];
}
