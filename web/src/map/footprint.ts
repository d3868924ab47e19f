/** Footprints in the nodes' written form, and the shapes a map draws for them. */
import type { Geometry, Position } from "geojson";
import type { Footprint, Point } from "../kernel/records.ts";
import { bearing_deg, between, curve, destination, unwound } from "./geodesic.ts";

export type { Footprint, Point };
type Ring = readonly Point[];

const AROUND = 64;
const CAP = 12;

/** The area to draw; none for "everywhere", which is no place on a map. */
export function areaOf(footprint: Footprint): Geometry | null {
  switch (footprint.type) {
    case "polygon":
      return {
        type: "MultiPolygon",
        coordinates: footprint.parts.map((rings) => partOf(rings)),
      };
    case "circle":
      return { type: "Polygon", coordinates: [ringAround(footprint.centre, footprint.radius_m)] };
    case "corridor":
      return strip(footprint.points, footprint.half_width_m);
    case "track":
      return strip(footprint.points, footprint.radius_m);
    case "everywhere":
      return null;
  }
}

/** The line within an area: of a corridor or a track. */
export function lineOf(footprint: Footprint): Geometry | undefined {
  if (footprint.type !== "corridor" && footprint.type !== "track") return undefined;
  if (footprint.points.length < 2) return undefined;
  return { type: "LineString", coordinates: curve(positions(footprint.points)) };
}

export function ringAround(centre: Point, radius_m: number): Position[] {
  const ring: Position[] = [];
  for (let step = 0; step < AROUND; step += 1)
    ring.push(destination([...centre], (360 * step) / AROUND, radius_m));
  return closed(ring);
}

/** A place for a label: the middle of the first outline's area. */
export function anchorOf(geometry: Geometry): Position | null {
  const line = outlineOf(geometry);
  if (!line?.[0]) return null;
  const [lon0, lat0] = line[0] as [number, number];
  let [area, lon, lat] = [0, 0, 0];
  for (let at = 1; at < line.length; at += 1) {
    const [x1, y1] = [line[at - 1]![0]! - lon0, line[at - 1]![1]! - lat0];
    const [x2, y2] = [line[at]![0]! - lon0, line[at]![1]! - lat0];
    const cross = x1 * y2 - x2 * y1;
    area += 3 * cross;
    lon += (x1 + x2) * cross;
    lat += (y1 + y2) * cross;
  }
  if (Math.abs(area) < 1e-12) return middleOf(geometry);
  return [lon0 + lon / area, lat0 + lat / area];
}

/** The middle vertex of a line, or of an outline. */
export function middleOf(geometry: Geometry): Position | null {
  const line = outlineOf(geometry);
  if (!line?.[0]) return null;
  if (line.length === 2) return between(line[0], line[1]!, 0.5);
  return line[line.length >> 1]!;
}

export function boundsOf(line: readonly Position[]): [number, number, number, number] {
  const box: [number, number, number, number] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [lon, lat] of line as readonly [number, number][]) {
    box[0] = Math.min(box[0], lon);
    box[1] = Math.min(box[1], lat);
    box[2] = Math.max(box[2], lon);
    box[3] = Math.max(box[3], lat);
  }
  return box;
}

export function outlineOf(geometry: Geometry): readonly Position[] | null {
  switch (geometry.type) {
    case "Point":
      return [geometry.coordinates];
    case "MultiPoint":
    case "LineString":
      return geometry.coordinates;
    case "MultiLineString":
    case "Polygon":
      return geometry.coordinates[0] ?? null;
    case "MultiPolygon":
      return geometry.coordinates[0]?.[0] ?? null;
    case "GeometryCollection":
      return geometry.geometries[0] ? outlineOf(geometry.geometries[0]) : null;
  }
}

function partOf(rings: readonly Ring[]): Position[][] {
  const outer = closedCurve(rings[0] ?? []);
  const near = outer[0]?.[0] ?? 0;
  return [
    outer,
    ...rings.slice(1).map((hole) => {
      const line = closedCurve(hole);
      const shift = unwound(line[0]?.[0] ?? near, near) - (line[0]?.[0] ?? near);
      return line.map(([lon, lat]) => [lon! + shift, lat!]);
    }),
  ];
}

function closedCurve(ring: Ring): Position[] {
  const line = positions(ring);
  return line[0] ? curve([...line, line[0]]) : [];
}

function closed(ring: Position[]): Position[] {
  return ring[0] ? [...ring, ring[0]] : ring;
}

/** All points within half_m of a line, round at its ends and bends. */
function strip(points: Ring, half_m: number): Geometry | null {
  const line = curve(positions(points), 2).filter(
    (at, i, all) => i === 0 || at[0] !== all[i - 1]![0] || at[1] !== all[i - 1]![1],
  );
  if (!line[0]) return null;
  if (line.length === 1)
    return { type: "Polygon", coordinates: [ringAround([line[0][0]!, line[0][1]!], half_m)] };
  const ring = [...edge(line, half_m), ...edge([...line].reverse(), half_m)];
  return { type: "Polygon", coordinates: [closed(ring)] };
}

/** The right edge of a line, with the round cap at its end. */
function edge(line: readonly Position[], half_m: number): Position[] {
  const found: Position[] = [];
  for (let at = 1; at < line.length; at += 1) {
    const [before, here, after] = [line[at - 1]!, line[at]!, line[at + 1]];
    const arriving = (bearing_deg(here, before) + 180) % 360;
    if (at === 1) found.push(destination(before, bearing_deg(before, here) + 90, half_m));
    if (!after) {
      for (let step = 0; step <= CAP; step += 1)
        found.push(destination(here, arriving + 90 - (180 * step) / CAP, half_m));
      continue;
    }
    found.push(...bend(here, arriving, bearing_deg(here, after), half_m));
  }
  return found;
}

function bend(here: Position, arriving: number, leaving: number, half_m: number): Position[] {
  const turn = ((leaving - arriving + 540) % 360) - 180;
  if (turn >= 0) {
    const slant = Math.min(2, 1 / Math.cos((turn / 2) * (Math.PI / 180)));
    return [destination(here, arriving + turn / 2 + 90, half_m * slant)];
  }
  const steps = Math.max(1, Math.ceil((-turn * CAP) / 180));
  return Array.from({ length: steps + 1 }, (_, step) =>
    destination(here, arriving + 90 + (turn * step) / steps, half_m),
  );
}

function positions(points: Ring): Position[] {
  return points.map(([lon, lat]) => [lon, lat]);
}
