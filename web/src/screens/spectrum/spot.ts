/** A circle as somebody types it: a place in any notation, read by the node, and a radius. */
import type { WireCircle } from "../../kernel/types.ts";
import type { Point } from "../../kernel/records.ts";

export interface SpotForm {
  text: string;
  /** What the text was read as; null: not read yet, or it cannot be read. */
  at: Point | null;
  radius_m: number | null;
}

export const emptySpot = (radius_m: number | null = 18_520): SpotForm => ({ text: "", at: null, radius_m });

export function circleOf({ at, radius_m }: SpotForm): WireCircle | null {
  return at && radius_m !== null && radius_m > 0 ? { type: "circle", centre: at, radius_m } : null;
}
