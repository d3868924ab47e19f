/** The features that MapLibre is given: made once from what is shown, then only chosen from. */
import type { Feature, FeatureCollection, Geometry, Position } from "geojson";
import { initial, shown } from "../kernel/safe.ts";
import { Active, same } from "./active.ts";
import { anchorOf, middleOf } from "./footprint.ts";
import { between } from "./geodesic.ts";
import {
  sideOf, type MapConflict, type MapMover, type MapShape, type MapSketch,
} from "./shapes.ts";
import { needsCanvas } from "./textures.ts";

const MOST_LABEL = 40;
const NOTHING = new Uint32Array(0);

export type Time = { readonly at_s: number } | { readonly from_s: number; readonly to_s: number };

export function collection(features: Feature[]): FeatureCollection {
  return { type: "FeatureCollection", features };
}

/** A set of which some are active; `at` gives the collection where it is another than before. */
export class Shown<T extends { readonly from_s: number | null; readonly to_s: number | null }> {
  readonly items: readonly T[];
  readonly #features: readonly (readonly Feature[])[];
  readonly #index: Active;
  #active: Uint32Array = NOTHING;
  #asked = false;

  constructor(items: readonly T[], make: (item: T, place: number) => Feature[]) {
    this.items = items;
    this.#features = items.map(make);
    this.#index = new Active(items);
  }

  get active(): Uint32Array {
    return this.#active;
  }

  /** Move to a time; true if another set is active than before. */
  move(time: Time): boolean {
    const next =
      "at_s" in time ? this.#index.at(time.at_s) : this.#index.within(time.from_s, time.to_s);
    if (this.#asked && same(next, this.#active)) return false;
    this.#active = next;
    this.#asked = true;
    return true;
  }

  collection(): FeatureCollection {
    const features: Feature[] = [];
    for (const place of this.#active) features.push(...this.#features[place]!);
    return collection(features);
  }
}

export function shapeFeatures(shape: MapShape, place: number): Feature[] {
  if (!shape.geometry) return [];
  const properties = {
    place, side: sideOf(shape), arena: shape.arena, status: shape.status,
  };
  const area = feature(shape.geometry, properties);
  return shape.path ? [area, feature(shape.path, { ...properties, path: true })] : [area];
}

export function conflictFeatures(conflict: MapConflict, place: number): Feature[] {
  return [feature(conflict.geometry, { place })];
}

export interface Label {
  readonly at: [number, number];
  readonly features: Feature[];
}

/** The badges and names of areas, each made when it is first asked for. */
export class Labels {
  readonly #shapes: readonly MapShape[];
  readonly #made = new Map<number, Label | null>();

  constructor(shapes: readonly MapShape[]) {
    this.#shapes = shapes;
  }

  of(place: number): Label | null {
    const known = this.#made.get(place);
    if (known !== undefined) return known;
    const made = labelOf(this.#shapes[place]!);
    this.#made.set(place, made);
    return made;
  }
}

export interface Named {
  readonly active: Iterable<number>;
  readonly labels: Labels;
}

/** Labels of what is active where `seen` says so; none at all if they are more than can be read. */
export function labelsOf(
  sets: readonly Named[], seen: (at: [number, number]) => boolean, most: number,
): Feature[] {
  const found: Feature[] = [];
  for (const { active, labels } of sets)
    for (const place of active) {
      const label = labels.of(place);
      if (label && seen(label.at)) found.push(...label.features);
      if (found.length > most) return [];
    }
  return found;
}

/** The badge and name of an area, where it may stand. */
function labelOf(shape: MapShape): Label | null {
  const at = shape.path ? middleOf(shape.path) : shape.geometry && anchorOf(shape.geometry);
  if (!at) return null;
  const side = sideOf(shape);
  const letter = shown(shape.badge, 2) || initial(shape.party);
  const text = shown(shape.label, MOST_LABEL) + (shape.status === "unconfirmed" ? "?" : "");
  const properties = needsCanvas(text)
    ? { badge: `written:${side}:${letter}:${text}`, text: "" }
    : { badge: `badge:${side}:${letter}`, text };
  const geometry: Geometry = { type: "Point", coordinates: at };
  return { at: [at[0]!, at[1]!], features: [feature(geometry, properties)] };
}

export function sketchFeatures(sketches: readonly MapSketch[]): FeatureCollection {
  return collection(
    sketches.flatMap(({ geometry, tone, label }) =>
      geometry ? [feature(geometry, { tone, text: labelText(label) })] : [],
    ),
  );
}

/** Things that move: each has one feature, whose place is written into it at each time. */
export class Moving {
  readonly #shown: Shown<MapMover>;
  readonly #features: Feature<{ type: "Point"; coordinates: Position }>[];
  readonly #speed: number;

  constructor(movers: readonly MapMover[]) {
    this.#speed = movers.reduce((most, mover) => Math.max(most, speedOf(mover)), 0);
    this.#features = movers.map((mover, place) => ({
      type: "Feature",
      properties: {
        place, side: sideOf(mover), arena: mover.arena, old: mover.old ?? false,
        text: labelText(mover.label),
      },
      geometry: { type: "Point", coordinates: [0, 0] },
    }));
    this.#shown = new Shown(movers, () => []);
  }

  get count(): number {
    return this.#shown.active.length;
  }

  get items(): readonly MapMover[] {
    return this.#shown.items;
  }

  /** Whether it is seen that time went on: others are there, or one came on by so many degrees. */
  shifts(from_s: number, at_s: number, least_deg: number): boolean {
    return this.#shown.move({ at_s }) || !(this.#speed * Math.abs(at_s - from_s) < least_deg);
  }

  at(at_s: number): FeatureCollection {
    this.#shown.move({ at_s });
    const active: Feature[] = [];
    for (const place of this.#shown.active) {
      const found = placeAt(this.#shown.items[place]!, at_s);
      if (!found) continue;
      this.#features[place]!.geometry.coordinates = found;
      active.push(this.#features[place]!);
    }
    return collection(active);
  }
}

/** How fast a mover is at most, in degrees a second of either axis. */
export function speedOf({ points, times_s }: MapMover): number {
  let most = 0;
  for (let at = 1; at < Math.min(points.length, times_s.length); at += 1) {
    const [a, b] = [points[at - 1]!, points[at]!];
    const east = Math.abs(b[0]! - a[0]!);
    const way_deg = Math.max(Math.min(east, 360 - east), Math.abs(b[1]! - a[1]!));
    const lasting_s = times_s[at]! - times_s[at - 1]!;
    if (way_deg > 0) most = Math.max(most, lasting_s > 0 ? way_deg / lasting_s : Infinity);
  }
  return most;
}

/** Where a mover is: on the great circle between two points, at even speed. */
export function placeAt(mover: MapMover, at_s: number): Position | null {
  const { points, times_s } = mover;
  if (points.length < 2 || times_s.length < 2) return points[0] ?? null;
  if (at_s < times_s[0]! || at_s > times_s.at(-1)!) return null;
  let [low, high] = [0, times_s.length - 1];
  while (high - low > 1) {
    const middle = (low + high) >> 1;
    if (times_s[middle]! <= at_s) low = middle;
    else high = middle;
  }
  const lasting_s = times_s[high]! - times_s[low]!;
  const part = lasting_s > 0 ? (at_s - times_s[low]!) / lasting_s : 0;
  return between(points[low]!, points[high]!, part);
}

function labelText(label: string): string {
  const text = shown(label, MOST_LABEL);
  return needsCanvas(text) ? "" : text;
}

function feature(geometry: Geometry, properties: Feature["properties"]): Feature {
  return { type: "Feature", properties, geometry };
}
