/** A file read into activities, what a person accepts of it, and what became of each. */
import { api, asking, at, Refusal } from "../../kernel/api.ts";
import type { Answer } from "../../kernel/records.ts";
import { session } from "../../kernel/session.svelte.ts";
import type { ImportItem, ImportRead } from "../../kernel/types.ts";
import { matching } from "./check.svelte.ts";

export const MOST_BYTES = 16 * 1024 * 1024;
const PATIENCE_MS = 120_000;

export type Fate = "" | "waits" | "sending" | "declared" | "failed" | "unsure";

export interface Line {
  item: ImportItem;
  accepted: boolean;
  fate: Fate;
  answer: Answer | null;
  error: unknown;
}

export interface Chosen {
  name: string;
  type: string;
  body: Blob | string;
}

export function readIn(chosen: Chosen, repair: boolean): Promise<ImportRead> {
  const path = asking("/api/v1/import", { name: chosen.name, ...(repair ? { repair: true } : {}) });
  return api.send<ImportRead>(path, chosen.body, chosen.type, { patience_ms: PATIENCE_MS });
}

const TYPES: Record<string, string> = {
  csv: "text/csv", tsv: "text/tab-separated-values", txt: "text/plain", geojson: "application/geo+json", json: "application/json",
  kml: "application/vnd.google-earth.kml+xml", kmz: "application/vnd.google-earth.kmz", xml: "application/xml", zip: "application/zip",
  xlsx: "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
};

/** The kind of a file by its ending: browsers differ in what they say of one. */
export function typeOf(name: string): string {
  return TYPES[name.split(".").at(-1)?.toLowerCase() ?? ""] ?? "application/octet-stream";
}

/** What pasted text is: rows of a spreadsheet have tabs; a plan begins with a brace. */
export function pastedAs(text: string): Chosen {
  const rows = text.includes("\t");
  const json = text.trimStart().startsWith("{");
  const name = json ? "pasted.geojson" : rows ? "pasted.tsv" : "pasted.txt";
  return { name, type: typeOf(name), body: text };
}

export const lineOf = (item: ImportItem): Line => ({ item, accepted: false, fate: "", answer: null, error: null });
export const isClean = ({ item }: Line): boolean => item.problems.every((one) => one.severity === "note");
export const mayDeclare = ({ item, fate }: Line): boolean => item.is_ours && fate !== "declared" && fate !== "sending";

/** Declare one line; the line says what became of it. */
export async function declareLine(line: Line, contact: string, kind: string): Promise<void> {
  line.fate = "sending";
  line.error = null;
  const { activity, held } = line.item;
  const body = { contact, activity: { ...activity, party: session.me.party, kind: activity.kind || kind, revision: (held ?? 0) + 1 } };
  try {
    line.answer = held
      ? await api.put<Answer>(at("activities", activity.id), body, { headers: matching(held) })
      : await api.post<Answer>("/api/v1/activities", body);
    line.fate = "declared";
  } catch (error) {
    line.error = error;
    line.fate = error instanceof Refusal && error.silent ? "unsure" : "failed";
  }
}
