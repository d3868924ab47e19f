/** Meridians and parallels for what is in view, with their names at its edges. */
import type { Feature, FeatureCollection, Position } from "geojson";
import type { Bounds } from "./shapes.ts";

const STEPS_DEG = [30, 20, 10, 5, 2, 1, 0.5, 1 / 6, 1 / 12, 1 / 60];
const MOST_LAT = 85;
const WANTED = 7;

export interface Graticule {
  readonly lines: FeatureCollection;
  readonly names: FeatureCollection;
}

export function graticule(view: Bounds): Graticule {
  const [west, , east] = view;
  const [south, north] = [Math.max(-MOST_LAT, view[1]), Math.min(MOST_LAT, view[3])];
  const step = stepOf(Math.min(360, east - west));
  const lons = multiples(west, east, step);
  const lats = multiples(south, north, step);
  return {
    lines: collection([
      ...lons.map((lon) => line([[lon, south], [lon, north]])),
      ...lats.map((lat) => line([[west, lat], [east, lat]])),
    ]),
    names: collection([
      ...lons.map((lon) => name([lon, south], lonName(lon, step), "bottom", [0, -0.4])),
      ...lats.map((lat) => name([west, lat], latName(lat, step), "left", [0.6, 0])),
    ]),
  };
}

/** The finest step that gives no more lines than are calm. */
export function stepOf(width_deg: number): number {
  return [...STEPS_DEG].reverse().find((step) => width_deg / step <= WANTED) ?? STEPS_DEG[0]!;
}

export function lonName(lon_deg: number, step_deg: number): string {
  const lon = ((((lon_deg + 180) % 360) + 360) % 360) - 180;
  if (Math.abs(Math.abs(lon) - 180) < 1e-9) return "180°";
  return named(lon, step_deg, "E", "W");
}

export function latName(lat_deg: number, step_deg: number): string {
  return named(lat_deg, step_deg, "N", "S");
}

function named(value_deg: number, step_deg: number, plus: string, minus: string): string {
  const all_min = Math.round(Math.abs(value_deg) * 60);
  const [whole, minutes] = [Math.floor(all_min / 60), all_min % 60];
  const hand = all_min === 0 ? "" : value_deg > 0 ? plus : minus;
  return step_deg >= 1 ? `${whole}°${hand}` : `${whole}°${String(minutes).padStart(2, "0")}′${hand}`;
}

function multiples(from: number, to: number, step: number): number[] {
  const first = Math.ceil(from / step - 1e-9);
  const last = Math.floor(to / step + 1e-9);
  return Array.from({ length: Math.max(0, last - first + 1) }, (_, at) => (first + at) * step);
}

function line(coordinates: Position[]): Feature {
  return { type: "Feature", properties: {}, geometry: { type: "LineString", coordinates } };
}

function name(at: Position, text: string, anchor: string, offset: number[]): Feature {
  return {
    type: "Feature",
    properties: { text, anchor, offset },
    geometry: { type: "Point", coordinates: at },
  };
}

function collection(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}
