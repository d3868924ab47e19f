/** The user's own layers: files read here, kept in this browser, and nothing fetched for them. */
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";

export interface UserLayer {
  readonly id: string;
  readonly name: string;
  /** Where it is from, as the user states it. */
  readonly source: string;
  readonly opacity: number;
  readonly visible: boolean;
  readonly content:
    | { readonly type: "features"; readonly features: FeatureCollection }
    | { readonly type: "tiles"; readonly file: Blob };
  /** What the file asked for and did not get: things to fetch from elsewhere. */
  readonly refused: readonly string[];
}

export type Fault = "not_read" | "too_large" | "no_places" | "entities" | "unknown_kind";

/** A file that is no layer, and why. */
export class LayerError extends Error {
  readonly fault: Fault;

  constructor(fault: Fault, detail = "") {
    super(detail);
    this.fault = fault;
  }
}

const MOST_BYTES = 50_000_000;
const MOST_POINTS = 500_000;
const MOST_NAME = 120;
const DEEP = 8;

export function kindOf(name: string): "geojson" | "kml" | "pmtiles" {
  const ending = name.toLowerCase().split(".").at(-1);
  if (ending === "geojson" || ending === "json") return "geojson";
  if (ending === "kml" || ending === "pmtiles") return ending;
  throw new LayerError("unknown_kind");
}

export function checkSize(bytes: number): void {
  if (bytes > MOST_BYTES) throw new LayerError("too_large");
}

/** GeoJSON with nothing but places and names; throws LayerError. */
export function readGeoJson(text: string): FeatureCollection {
  let found: unknown;
  try {
    found = JSON.parse(text);
  } catch (error) {
    throw new LayerError("not_read", error instanceof Error ? error.message : "");
  }
  return checked(featuresOf(found));
}

/** The collection itself, where it has places and not too many. */
export function checked(features: Feature[]): FeatureCollection {
  const points = features.reduce((sum, { geometry }) => sum + size(geometry), 0);
  if (points === 0) throw new LayerError("no_places");
  if (points > MOST_POINTS) throw new LayerError("too_large");
  return { type: "FeatureCollection", features };
}

export function named(name: unknown, geometry: Geometry): Feature {
  const text = typeof name === "string" ? name.slice(0, MOST_NAME) : "";
  return { type: "Feature", properties: { name: text }, geometry };
}

function featuresOf(found: unknown): Feature[] {
  if (!isRecord(found)) throw new LayerError("not_read");
  if (found.type === "FeatureCollection" && Array.isArray(found.features))
    return found.features.flatMap(featuresOf);
  if (found.type === "Feature") {
    const { name, title } = isRecord(found.properties) ? found.properties : {};
    return found.geometry === null ? [] : [named(name ?? title, geometryOf(found.geometry))];
  }
  return [named("", geometryOf(found))];
}

const DEPTHS: Readonly<Record<string, number>> = {
  Point: 0, MultiPoint: 1, LineString: 1, MultiLineString: 2, Polygon: 2, MultiPolygon: 3,
};

function geometryOf(found: unknown, deep = 0): Geometry {
  if (!isRecord(found) || deep > DEEP) throw new LayerError("not_read");
  if (found.type === "GeometryCollection" && Array.isArray(found.geometries))
    return {
      type: "GeometryCollection",
      geometries: found.geometries.map((one) => geometryOf(one, deep + 1)),
    };
  const depth = typeof found.type === "string" ? DEPTHS[found.type] : undefined;
  if (depth === undefined) throw new LayerError("not_read", String(found.type).slice(0, 40));
  return { type: found.type, coordinates: places(found.coordinates, depth) } as Geometry;
}

type Nested = Position | Nested[];

function places(found: unknown, depth: number): Nested {
  if (!Array.isArray(found)) throw new LayerError("not_read");
  if (depth > 0) return found.map((one) => places(one, depth - 1)) as Nested[];
  return place(found[0], found[1]);
}

export function place(lon: unknown, lat: unknown): Position {
  const sound =
    typeof lon === "number" && typeof lat === "number" &&
    Math.abs(lon) <= 540 && Math.abs(lat) <= 90;
  if (!sound) throw new LayerError("not_read", `${String(lon)}, ${String(lat)}`.slice(0, 60));
  return [lon, lat];
}

function size(geometry: Geometry): number {
  if (geometry.type === "GeometryCollection")
    return geometry.geometries.reduce((sum, one) => sum + size(one), 0);
  const depth = DEPTHS[geometry.type] ?? 0;
  return depth === 0 ? 1 : (geometry.coordinates as unknown[]).flat(depth - 1).length;
}

function isRecord(found: unknown): found is Record<string, unknown> {
  return typeof found === "object" && found !== null && !Array.isArray(found);
}
