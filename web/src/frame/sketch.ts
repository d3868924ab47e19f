/** What a screen adds to the shared picture. */
import type { Footprint, Point, Volume } from "../kernel/records.ts";

/** A volume that is not declared: a draft, a peer's view of it, an option. */
export interface Sketch {
  id: string;
  label: string;
  volume: Volume;
  tone: "draft" | "before" | "option";
  /** Drawn on the map, and on no chart. */
  map_only?: boolean;
}

/** A shape being drawn or changed with the pointer; the form beside it is its twin. */
export interface Editing {
  mode: "polygon" | "circle" | "corridor" | "point" | "change";
  footprint: Footprint | null;
  onchange: (footprint: Footprint) => void;
  onplace?: (place: Point) => void;
  oncancel?: () => void;
}

/** Where something was dragged to on a chart: in time, or in height (metres). */
export interface Moved {
  from_s?: number | null;
  to_s?: number | null;
  low?: number | null;
  high?: number | null;
}

/** The sketch that can be dragged on the charts; the form beside them is its twin. */
export interface Movable {
  id: string;
  onmove: (to: Moved) => void;
}
