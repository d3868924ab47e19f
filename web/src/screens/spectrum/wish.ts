/** What somebody would like to do in a channel of a band, as typed, and as the node is asked. */
import { isBand } from "./band.ts";
import { circleOf, emptySpot, type SpotForm } from "./spot.ts";

export interface FreeForm {
  low_hz: number | null;
  high_hz: number | null;
  width_hz: number | null;
  spot: SpotForm;
  start_s: number | null;
  end_s: number | null;
  role: "emit" | "receive";
  eirp_dbm: number | null;
  height_m: number | null;
}

export function firstWish(now_s: number): FreeForm {
  const start_s = Math.ceil(now_s / 3600) * 3600;
  return {
    low_hz: 225e6, high_hz: 400e6, width_hz: 25e3, spot: emptySpot(), start_s, end_s: start_s + 3600,
    role: "emit", eirp_dbm: 40, height_m: 10,
  };
}

/** Null: something is missing yet. */
export function bodyOf(wish: FreeForm): object | null {
  const { low_hz, high_hz, width_hz, start_s, end_s, role, eirp_dbm, height_m } = wish;
  const area = circleOf(wish.spot);
  if (!area || !isBand(low_hz, high_hz) || !width_hz || width_hz <= 0) return null;
  if (start_s === null || end_s === null || end_s <= start_s) return null;
  return {
    low_hz, high_hz, width_hz, area, start_s, end_s, role,
    ...(role === "emit" && eirp_dbm !== null ? { eirp_dbm } : {}),
    ...(height_m === null ? {} : { height_m }),
  };
}
