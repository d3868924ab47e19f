/** Heights, distances and frequencies as people read them; digits are western everywhere. */
import type { Datum, Volume } from "./records.ts";
import type { DistanceUnit, HeightUnit } from "./prefs.svelte.ts";

const FT_M = 0.3048;
const NM_M = 1852;

function number(value: number, digits: number): string {
  return value.toLocaleString("en", { maximumFractionDigits: digits, useGrouping: true });
}

/** "10,000 ft AMSL", "FL100", "300 m AGL", "depth 30 m"; null: "unlimited" is the caller's word. */
export function height(at_m: number, datum: Datum, unit: HeightUnit): string {
  if (datum === "pressure") return `FL${String(Math.round(at_m / FT_M / 100)).padStart(3, "0")}`;
  const figure = unit === "ft" ? `${number(at_m / FT_M, 0)} ft` : `${number(at_m, 1)} m`;
  return `${figure} ${DATUMS[datum]}`;
}

export const DATUMS: Record<Datum, string> = {
  msl: "AMSL",
  ground: "AGL",
  pressure: "FL",
  ellipsoid: "HAE",
};

export function band(volume: Volume, unit: HeightUnit): [string, string] {
  const one = (at_m: number | null, datum: Datum, open: string) =>
    at_m === null ? open : height(at_m, datum, unit);
  return [one(volume.lower_m, volume.lower_datum, "−∞"), one(volume.upper_m, volume.upper_datum, "∞")];
}

/** "5.0 NM", "9.3 km"; short ones in metres. */
export function distance(of_m: number, unit: DistanceUnit): string {
  if (Math.abs(of_m) < 1000) return `${number(of_m, 0)} m`;
  return unit === "NM" ? `${number(of_m / NM_M, 1)} NM` : `${number(of_m / 1000, 1)} km`;
}

/** "243 MHz", "1.575 GHz", "25 kHz". */
export function frequency(of_hz: number): string {
  const steps: [number, string][] = [[1e9, "GHz"], [1e6, "MHz"], [1e3, "kHz"]];
  for (const [size, unit] of steps) {
    if (Math.abs(of_hz) >= size) return `${number(of_hz / size, 6)} ${unit}`;
  }
  return `${number(of_hz, 3)} Hz`;
}

/** "33.00000 E"-like places need a notation: decimal degrees, DMS or DDM; longitude first inside. */
export function place(lon_deg: number, lat_deg: number, notation: "DD" | "DMS" | "DDM"): string {
  return `${axis(lat_deg, "N", "S", 2, notation)} ${axis(lon_deg, "E", "W", 3, notation)}`;
}

function axis(of_deg: number, plus: string, minus: string, width: number, notation: string): string {
  const letter = of_deg < 0 ? minus : plus;
  const size = Math.abs(of_deg);
  if (notation === "DD") return `${size.toFixed(5)}°${letter}`;
  if (notation === "DDM") {
    const all = Math.round(size * 60_000);
    const minutes = (all % 60_000) / 1000;
    return `${pad(Math.floor(all / 60_000), width)}°${minutes.toFixed(3).padStart(6, "0")}′${letter}`;
  }
  const all = Math.round(size * 36_000);
  const seconds = ((all % 600) / 10).toFixed(1).padStart(4, "0");
  return `${pad(Math.floor(all / 36_000), width)}°${pad(Math.floor(all / 600) % 60, 2)}′${seconds}″${letter}`;
}

const pad = (value: number, width: number) => String(value).padStart(width, "0");
