/** What is edited, as lines whose vertices a person moves, and back; and what was before. */
import type { Position } from "geojson";
import type { Footprint, Point } from "../kernel/records.ts";
import { bearing_deg, destination, leg } from "./geodesic.ts";

/** A shape being drawn or changed with the pointer; the form beside it is its twin. */
export interface Editing {
  mode: "polygon" | "circle" | "corridor" | "point" | "change";
  footprint: Footprint | null;
  onchange: (footprint: Footprint) => void;
  onplace?: (place: Point) => void;
  oncancel?: () => void;
}

/** ring: closed; radius: centre and a place on the rim; fixed: vertices move, none come or go. */
export type Kind = "ring" | "line" | "radius" | "fixed";

export interface Handle {
  readonly kind: Kind;
  readonly points: readonly Position[];
}

const RIM_DEG = 90;
const PLACES = 9;

export function handlesOf(footprint: Footprint): Handle[] {
  switch (footprint.type) {
    case "polygon":
      return footprint.parts.flat().map((ring) => ({ kind: "ring", points: ring.map(rounded) }));
    case "circle": {
      const rim = destination(footprint.centre, RIM_DEG, footprint.radius_m);
      return [{ kind: "radius", points: [rounded(footprint.centre), rounded(rim)] }];
    }
    case "corridor":
      return [{ kind: "line", points: footprint.points.map(rounded) }];
    case "track":
      return [{ kind: "fixed", points: footprint.points.map(rounded) }];
    case "everywhere":
      return [];
  }
}

/** The footprint with its vertices where the handles are now. */
export function moved(before: Footprint, lines: readonly (readonly Position[])[]): Footprint {
  const first = lines[0] ?? [];
  switch (before.type) {
    case "polygon": {
      let at = 0;
      const next = (): Point[] => (lines[at++] ?? []).map(point);
      return { type: "polygon", parts: before.parts.map((part) => part.map(next)) };
    }
    case "circle":
      return circle(before, first);
    case "corridor":
      return { ...before, points: first.map(point) };
    case "track":
      return { ...before, points: first.map(point) };
    case "everywhere":
      return before;
  }
}

/** What was drawn; half_width_m: of a corridor. None while it is too little to be a shape. */
export function drawn(
  mode: Editing["mode"], line: readonly Position[], half_width_m: number,
): Footprint | null {
  const points = line.map(point);
  const [from, to] = points;
  if (mode === "polygon" && points.length >= 3) return { type: "polygon", parts: [[points]] };
  if (mode === "corridor" && points.length >= 2) return { type: "corridor", points, half_width_m };
  if (mode !== "circle" || !from || !to) return null;
  const { distance_m } = leg(from, to);
  return distance_m > 0 ? { type: "circle", centre: from, radius_m: whole(distance_m) } : null;
}

/** A centre that was moved alone takes its circle along; else the rim says the radius. */
function circle(before: Footprint & { type: "circle" }, line: readonly Position[]): Footprint {
  const [centre, rim] = line.map(point);
  if (!centre || !rim) return before;
  const was = destination(before.centre, RIM_DEG, before.radius_m);
  const alone = leg(was, rim).distance_m < before.radius_m * 1e-6;
  const radius_m = alone ? before.radius_m : whole(leg(centre, rim).distance_m);
  return { type: "circle", centre, radius_m: radius_m || before.radius_m };
}

/** The rim of a circle as its handle shows it: where it was pulled to, at the circle's radius. */
export function rimOf(footprint: Footprint & { type: "circle" }, towards: Position): Position {
  const course = bearing_deg(footprint.centre, towards);
  return rounded(destination(footprint.centre, course, footprint.radius_m));
}

/** Footprints in the order they came, with a place among them. */
export class History {
  #past: Footprint[] = [];
  #at = -1;

  push(footprint: Footprint): void {
    this.#past = [...this.#past.slice(0, this.#at + 1), footprint];
    this.#at += 1;
  }

  get canUndo(): boolean {
    return this.#at > 0;
  }

  get canRedo(): boolean {
    return this.#at < this.#past.length - 1;
  }

  undo(): Footprint | null {
    return this.canUndo ? this.#past[(this.#at -= 1)]! : null;
  }

  redo(): Footprint | null {
    return this.canRedo ? this.#past[(this.#at += 1)]! : null;
  }
}

function point(at: readonly number[]): Point {
  return [round(at[0]!), round(at[1]!)];
}

function rounded(at: readonly number[]): Position {
  return point(at);
}

function round(value: number): number {
  return Number(value.toFixed(PLACES));
}

function whole(value_m: number): number {
  return Math.round(value_m);
}
