/** Heights and depths with their datum, in the unit of choice. */
import type { ChartItem, Datum } from "./item.ts";

export type HeightUnit = "m" | "ft";
/** How a bound is said: AMSL, AGL, FL, HAE (above the ellipsoid), depth. */
export type Reference = "AMSL" | "AGL" | "FL" | "HAE" | "DEPTH";

export const FOOT_M = 0.3048;
const OF_DATUM: Record<Datum, Reference> = {
  msl: "AMSL",
  ground: "AGL",
  pressure: "FL",
  ellipsoid: "HAE",
};

export function inUnit(height_m: number, unit: HeightUnit): number {
  return unit === "m" ? height_m : height_m / FOOT_M;
}

export function inMetres(value: number, unit: HeightUnit): number {
  return unit === "m" ? value : value * FOOT_M;
}

/** What a bound is measured from; below mean sea level it is a depth. */
export function reference(height_m: number | null, datum: Datum = "msl"): Reference {
  return datum === "msl" && height_m !== null && height_m < 0 ? "DEPTH" : OF_DATUM[datum];
}

/** The references of both bounds, without doubles. */
export function references(item: ChartItem): Reference[] {
  const low = reference(item.low, item.datum);
  const high = reference(item.high, item.datum_high ?? item.datum);
  if (item.low === null) return [high];
  return item.high === null || low === high ? [low] : [low, high];
}

/** Group of references that share a zero: heights and depths of one datum do. */
export function zero(of: Reference): Reference {
  return of === "DEPTH" ? "AMSL" : of;
}

export function grouped(value: number): string {
  const [whole = "", fraction] = Math.abs(value).toString().split(".");
  const spaced = whole.replace(/\B(?=(\d{3})+(?!\d))/g, "\u202f");
  return (value < 0 ? "−" : "") + spaced + (fraction ? `.${fraction}` : "");
}

/** FL120, 1 500 ft AGL, 300 m AMSL; depths are positive: `depth` says them in the reader's words. */
export function saidHeight(
  height_m: number,
  datum: Datum | undefined,
  unit: HeightUnit,
  depth: (text: string) => string,
): string {
  const from = reference(height_m, datum);
  const feet = Math.round(height_m / FOOT_M);
  if (from === "FL" && unit === "ft" && feet >= 0) {
    return `FL${String(Math.round(feet / 100)).padStart(3, "0")}`;
  }
  const value = unit === "m" ? Math.round(height_m) : feet;
  if (from === "DEPTH") return depth(`${grouped(-value)} ${unit}`);
  return `${grouped(value)} ${unit} ${from === "FL" ? "STD" : from}`;
}
