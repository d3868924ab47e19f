/** The user's own table of bands, kept in this browser. */
import type { NamedBand } from "../../charts/item.ts";
import { readBands } from "./band.ts";

const KEY = "wideberth.bands";
const MOST_CHARACTERS = 200_000;

function kept(): string {
  try {
    return localStorage.getItem(KEY) ?? "";
  } catch {
    return "";
  }
}

let text = $state(kept());
const read = $derived(readBands(text));
const named = $derived(read.bands.map(({ name, low_hz, high_hz }): NamedBand => ({ name, low: low_hz, high: high_hz, lane: 1 })));

export const ownBands = {
  get text(): string {
    return text;
  },
  set text(typed: string) {
    text = typed.slice(0, MOST_CHARACTERS);
    try {
      if (text) localStorage.setItem(KEY, text);
      else localStorage.removeItem(KEY);
    } catch {
      // a browser that keeps nothing: it lasts as long as the page
    }
  },
  get named(): readonly NamedBand[] {
    return named;
  },
  get faults(): readonly { line: number; text: string }[] {
    return read.faults;
  },
};
