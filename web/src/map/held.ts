/** The node's records as the map shows them. */
import type { Geometry } from "geojson";
import { keyOf, type Held, type Met, type Volume } from "../kernel/records.ts";
import { areaOf, lineOf } from "./footprint.ts";
import { type MapConflict, type MapMover, type MapShape, statusOf } from "./shapes.ts";

/** Outlines that the node drew, by `shapeId`; what it has none for is outlined here. */
export type Outlines = ReadonlyMap<string, Geometry>;

export function shapeId(party: string, activity: string, volume: string): string {
  return keyOf(party, activity, volume);
}

export function shapesOf(held: Held, party: string, outlines?: Outlines): MapShape[] {
  const { activity, doubt } = held;
  return activity.volumes.map((volume) => {
    const id = shapeId(activity.party, activity.id, volume.id);
    const state = activity.state ?? "Accepted";
    return {
      id,
      party: activity.party,
      ours: activity.party === party,
      activity: activity.id,
      volume: volume.id,
      arena: volume.arena,
      state,
      status: statusOf(state, doubt),
      geometry: outlines?.get(id) ?? areaOf(volume.footprint),
      path: lineOf(volume.footprint),
      from_s: volume.start_s,
      to_s: volume.end_s,
      label: activity.title || activity.id,
    };
  });
}

/** The volumes that move, at their places. */
export function moversOf(held: Held, party: string): MapMover[] {
  const { activity } = held;
  return activity.volumes.flatMap((volume) => {
    if (volume.footprint.type !== "track") return [];
    const { points, times_s } = volume.footprint;
    return [
      {
        id: shapeId(activity.party, activity.id, volume.id),
        party: activity.party,
        ours: activity.party === party,
        arena: volume.arena,
        label: activity.title || activity.id,
        points,
        times_s,
        from_s: volume.start_s,
        to_s: volume.end_s,
      },
    ];
  });
}

/** A conflict at the place the node names; overlap: the area that both cover, where it is known. */
export function conflictOf(met: Met, overlap?: Geometry | null): MapConflict {
  return {
    id: met.id,
    geometry: overlap ?? { type: "Point", coordinates: [met.lon_deg, met.lat_deg] },
    from_s: met.from_s ?? null,
    to_s: met.to_s ?? null,
    label: met.rule,
  };
}

export function sketchOf(volume: Volume): Geometry | null {
  return areaOf(volume.footprint);
}
