/** Activities and conflicts as the map is told of them. */
import type { Geometry } from "geojson";
import { itemId } from "../charts/from_records.ts";
import type { Held, Met } from "../kernel/records.ts";
import type { Drawn } from "../kernel/types.ts";
import { statusOf, type MapConflict, type MapMover, type MapShape } from "../map/shapes.ts";

export function shapesOf(held: Held, drawn: readonly Drawn[], party: string): MapShape[] {
  const { activity } = held;
  const status = statusOf(activity.state ?? "Accepted", held.doubt ?? "");
  return drawn.map((one) => ({
    id: itemId({ party: one.party, activity: one.activity, volume: one.volume }),
    party: one.party,
    ours: one.party === party,
    activity: one.activity,
    volume: one.volume,
    arena: one.arena,
    state: one.state,
    status,
    geometry: one.geometry as Geometry,
    path: lineOf(one),
    from_s: one.start_s,
    to_s: one.end_s,
    label: activity.title || activity.id,
  }));
}

function lineOf({ path }: Drawn): Geometry | undefined {
  if (!path || path.length < 2) return undefined;
  return { type: "LineString", coordinates: path.map(([lon_deg, lat_deg]) => [lon_deg, lat_deg]) };
}

/** Where moving volumes are planned to be, as they were declared. */
export function moversOf(held: Held, drawn: readonly Drawn[], party: string): MapMover[] {
  return drawn.flatMap((one) =>
    one.path?.length
      ? [
          {
            id: itemId({ party: one.party, activity: one.activity, volume: one.volume }),
            party: one.party,
            ours: one.party === party,
            arena: one.arena,
            label: held.activity.title || held.activity.id,
            points: one.path.map(([lon_deg, lat_deg]) => [lon_deg, lat_deg]),
            times_s: one.path.map(([, , time_s]) => time_s),
            from_s: one.start_s,
            to_s: one.end_s,
          },
        ]
      : [],
  );
}

/** A conflict where its area is known, else at the place that was found. */
export function conflictOf(met: Met, area: Geometry | undefined): MapConflict {
  return {
    id: met.id,
    geometry: area ?? { type: "Point", coordinates: [met.lon_deg, met.lat_deg] },
    from_s: met.from_s ?? null,
    to_s: met.to_s ?? null,
    label: `${met.a.activity} / ${met.b.activity}`,
  };
}
