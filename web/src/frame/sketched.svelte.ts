/** What a screen adds to the picture, drawn by the node as it would be declared. */
import type { Geometry } from "geojson";
import type { Vertical } from "../charts/from_records.ts";
import type { ChartItem } from "../charts/item.ts";
import { session } from "../kernel/session.svelte.ts";
import type { DraftPicture } from "../kernel/types.ts";
import type { MapConflict, MapSketch } from "../map/shapes.ts";
import { outlines } from "./outlines.svelte.ts";
import type { Sketch } from "./sketch.ts";

const WAIT_MS = 150;

/** Follow sketches; call it while a component is made. */
export function sketched(of: () => readonly Sketch[]): {
  readonly shapes: readonly MapSketch[];
  readonly conflicts: readonly MapConflict[];
  items(vertical: Vertical): ChartItem[];
} {
  let drawn: DraftPicture = $state.raw({ items: [], faults: [] });
  let drawnFor: readonly Sketch[] = $state.raw([]);

  $effect(() => {
    const sketches = of();
    if (!sketches.length) {
      drawn = { items: [], faults: [] };
      drawnFor = [];
      return;
    }
    const stop = new AbortController();
    const timer = setTimeout(async () => {
      try {
        const found = await outlines.draw(sketches.map((one) => one.volume), stop.signal);
        drawn = found;
        drawnFor = sketches;
      } catch {
        if (!stop.signal.aborted) drawn = { items: [], faults: [] }; // the form says what is wrong
      }
    }, WAIT_MS);
    return () => {
      clearTimeout(timer);
      stop.abort();
    };
  });

  const shapes = $derived(
    drawn.items.flatMap((one): MapSketch[] => {
      const sketch = drawnFor[one.index];
      if (!sketch) return [];
      const { id, label, tone } = sketch;
      return [{ id, label, tone, geometry: one.geometry as Geometry }];
    }),
  );

  return {
    get shapes() {
      return shapes;
    },
    conflicts: [],
    items(vertical) {
      return of().flatMap((sketch) => itemOf(sketch, vertical));
    },
  };
}

function itemOf({ id, label, volume, map_only = false }: Sketch, vertical: Vertical): ChartItem[] {
  if (map_only) return [];
  const radio = volume.arena === "spectrum";
  if (vertical === "height" ? radio : vertical === "frequency" && !radio) return [];
  const band =
    vertical === "none"
      ? { low: null, high: null }
      : vertical === "frequency"
        ? { low: volume.low_hz ?? null, high: volume.high_hz ?? null }
        : { low: volume.lower_m, high: volume.upper_m, datum: volume.lower_datum, datum_high: volume.upper_datum };
  return [
    {
      id, party: session.me.party, ours: true, activity: id, volume: volume.id, arena: volume.arena, label,
      status: "draft", from_s: volume.start_s, to_s: volume.end_s, role: volume.role ?? undefined, ...band,
    },
  ];
}
