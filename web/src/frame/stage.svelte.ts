/** What the screen that is open wants of the shared picture; the map outlives the screens. */
import type { NamedBand } from "../charts/item.ts";
import type { Held, Met } from "../kernel/records.ts";
import type { Bounds } from "../map/shapes.ts";
import type { Editing, Movable, Sketch } from "./sketch.ts";

export interface Scene {
  shows?: ((held: Held) => boolean) | undefined;
  sketches: readonly Sketch[];
  editing: Editing | null;
  movable: Movable | null;
  chart: "altitude" | "spectrum" | "gantt";
  bands: readonly NamedBand[];
  onband?: ((band: { low_hz: number; high_hz: number } | null) => void) | undefined;
  look: Bounds | null;
  found: readonly Met[];
  /** Whether the screen has a third column. */
  detail: boolean;
}

const EMPTY: Scene = { sketches: [], editing: null, movable: null, chart: "altitude", bands: [], look: null, found: [], detail: false };

let played: (() => Scene) | null = $state.raw(null);
let opened = $state(false);

export const stage = {
  /** Whether a screen shows the picture now. */
  get on(): boolean {
    return played !== null;
  },
  /** Whether one ever did: from then on the map is kept. */
  get opened(): boolean {
    return opened;
  },
  get scene(): Scene {
    return played?.() ?? EMPTY;
  },
  /** Show a scene; returns what ends it. */
  play(scene: () => Scene): () => void {
    played = scene;
    opened = true;
    return () => {
      if (played === scene) played = null;
    };
  },
};
