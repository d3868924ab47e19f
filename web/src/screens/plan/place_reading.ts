/** Places as they were typed, read by the node; two bare numbers only in the order a person said. */
import { api } from "../../kernel/api.ts";
import { place } from "../../kernel/figures.ts";
import type { Notation } from "../../kernel/prefs.svelte.ts";
import type { Point } from "../../kernel/records.ts";
import type { PlaceLine, PlaceRead } from "../../kernel/types.ts";

export type Order = "" | "lat-lon" | "lon-lat";
const MOST = 1000;
const BARE = /^\s*[-+−]?\d+(?:\.\d+)?\s*[,;\s]\s*[-+−]?\d+(?:\.\d+)?\s*$/;

/** What each text names, in their order. */
export async function readPlaces(texts: readonly string[], order: Order, signal?: AbortSignal): Promise<PlaceLine[]> {
  const lines: PlaceLine[] = [];
  const more = signal ? { signal } : {};
  for (let first = 0; first < texts.length; first += MOST) {
    const piece = texts.slice(first, first + MOST);
    lines.push(...(await api.post<PlaceLine[]>("/api/v1/places", { texts: piece }, more)));
  }
  const bare = order ? lines.flatMap((line, at) => (line.problem && BARE.test(line.text) ? [at] : [])) : [];
  for (let first = 0; first < bare.length; first += MOST) {
    const some = bare.slice(first, first + MOST);
    const read = await api.post<PlaceLine[]>("/api/v1/places", { texts: some.map((at) => lines[at]!.text), notation: order }, more);
    some.forEach((at, place) => (lines[at] = read[place]!));
  }
  return lines;
}

export const isBare = (text: string): boolean => BARE.test(text);

/** A place in the notation that was chosen. */
export function written(read: PlaceRead, notation: Notation): string {
  const said: Record<Notation, string> = { DD: read.dd, DDM: read.ddm, DMS: read.dms, UTM: read.utm, MGRS: read.mgrs };
  return said[notation] || read.dms;
}

/** Places in every notation, as the node says them. */
export async function writePlaces(points: readonly Point[], signal?: AbortSignal): Promise<PlaceRead[]> {
  const lines = await readPlaces(points.map(plain), "", signal);
  return lines.flatMap((line) => (line.place ? [line.place] : []));
}

/** A place so that the node reads the very same again: decimal degrees with their letters. */
export function plain([lon_deg, lat_deg]: Point): string {
  const one = (of_deg: number, plus: string, minus: string) => `${Math.abs(of_deg).toFixed(9)}${of_deg < 0 ? minus : plus}`;
  return `${one(lat_deg, "N", "S")} ${one(lon_deg, "E", "W")}`;
}

/** A place for the form: to the metre and better, in what can be said without the node. */
export function typed([lon_deg, lat_deg]: Point, notation: Notation): string {
  return place(lon_deg, lat_deg, notation === "DD" || notation === "DDM" ? notation : "DMS");
}

/** Lines pasted from a spreadsheet or a message: one place a line, cells joined, a number in front dropped. */
export function pastedPlaces(text: string): string[] {
  return text
    .split(/\r\n|[\n\r]|\/(?=\s*\S)/)
    .map((line) => line.split("\t").map((cell) => cell.trim()).filter(Boolean).join(" ").trim())
    .filter(Boolean);
}
