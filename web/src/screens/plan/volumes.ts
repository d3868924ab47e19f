/** A volume in words: shape, heights or depths, times, band. */
import { distance, frequency, height } from "../../kernel/figures.ts";
import type { DistanceUnit, HeightUnit } from "../../kernel/prefs.svelte.ts";
import type { Activity, Datum, Footprint, Point, Volume } from "../../kernel/records.ts";
import { W } from "../../words/plan.ts";

const FT_M = 0.3048;
const metres = (of_m: number) => of_m.toLocaleString("en", { maximumFractionDigits: 1 });

/** A limit; below the sea it is a depth. */
export function limit(at_m: number | null, datum: Datum, unit: HeightUnit, arena: Volume["arena"]): string {
  if (at_m === null) return W.unlimited();
  if (arena === "sea" && datum === "msl" && at_m === 0) return W.surface();
  if (arena === "sea" && datum === "msl" && at_m < 0) {
    const figure = unit === "ft" ? `${Math.round(-at_m / FT_M).toLocaleString("en")} ft` : `${metres(-at_m)} m`;
    return W.depth({ figure });
  }
  return height(at_m, datum, unit);
}

/** The same as a word before it and a figure, which goes from left to right in every script. */
export function limitParts(at_m: number | null, datum: Datum, unit: HeightUnit, arena: Volume["arena"]): { word: string; figure: string } {
  const text = limit(at_m, datum, unit, arena);
  if (at_m === null || (arena === "sea" && datum === "msl" && at_m === 0)) return { word: text, figure: "" };
  if (!(arena === "sea" && datum === "msl" && at_m < 0)) return { word: "", figure: text };
  const figure = unit === "ft" ? `${Math.round(-at_m / FT_M).toLocaleString("en")} ft` : `${metres(-at_m)} m`;
  return { word: W.depth({ figure: "" }).trim(), figure };
}

export function heights(volume: Volume, unit: HeightUnit): string {
  const low = limit(volume.lower_m, volume.lower_datum, unit, volume.arena);
  const high = limit(volume.upper_m, volume.upper_datum, unit, volume.arena);
  return `${low} – ${high}`;
}

export function shapeWords(footprint: Footprint, unit: DistanceUnit): string {
  switch (footprint.type) {
    case "polygon": {
      const holes = footprint.parts.reduce((sum, rings) => sum + rings.length - 1, 0);
      const vertices = W.polygon({ n: footprint.parts.reduce((sum, rings) => sum + (rings[0]?.length ?? 0), 0) });
      const parts = footprint.parts.length > 1 ? `, ${W.parts({ n: footprint.parts.length })}` : "";
      return `${vertices}${parts}${holes ? `, ${W.holes({ n: holes })}` : ""}`;
    }
    case "circle":
      return W.circle({ radius: distance(footprint.radius_m, unit) });
    case "corridor":
      return W.corridor({ width: distance(footprint.half_width_m * 2, unit), n: footprint.points.length });
    case "track":
      return W.track({ radius: distance(footprint.radius_m, unit), n: footprint.points.length });
    case "everywhere":
      return W.everywhere();
  }
}

/** The places of a footprint in order: vertices, centre, points of the line. */
export function placesOf(footprint: Footprint): Point[] {
  switch (footprint.type) {
    case "polygon":
      return footprint.parts.flat(2);
    case "circle":
      return [footprint.centre];
    case "corridor":
    case "track":
      return footprint.points;
    case "everywhere":
      return [];
  }
}

export function band(volume: Volume): string {
  if (volume.low_hz == null || volume.high_hz == null) return "";
  if (volume.low_hz === volume.high_hz) return frequency(volume.low_hz);
  const centre = (volume.low_hz + volume.high_hz) / 2;
  return `${frequency(volume.low_hz)} – ${frequency(volume.high_hz)} (${frequency(centre)} ± ${frequency((volume.high_hz - volume.low_hz) / 2)})`;
}

/** The first start and the last end; null: open. */
export function window(activity: Activity): [number | null, number | null] {
  const starts = activity.volumes.map((one) => one.start_s);
  const ends = activity.volumes.map((one) => one.end_s);
  const first = starts.includes(null) ? null : Math.min(...(starts as number[]));
  const last = ends.includes(null) ? null : Math.max(...(ends as number[]));
  return [first, last];
}

export function arenasOf(activity: Activity): string[] {
  const said = { air: W.air(), sea: W.sea(), spectrum: W.spectrum() };
  return [...new Set(activity.volumes.map((one) => one.arena))].map((one) => said[one]);
}
