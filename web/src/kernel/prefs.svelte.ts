/** What a person chose for this browser; kept there, and nowhere else. */
import { direction, LANGUAGES, speak, wished, type Language } from "./language.ts";

export const THEMES = ["day", "dusk", "night"] as const;
export const NOTATIONS = ["DD", "DMS", "DDM", "UTM", "MGRS"] as const;
export const SIZES = ["normal", "large"] as const;
export type Theme = (typeof THEMES)[number];
export type Notation = (typeof NOTATIONS)[number];
export type Size = (typeof SIZES)[number];
export type HeightUnit = "ft" | "m";
export type DistanceUnit = "NM" | "km";

const KEY = "wideberth.prefs";

interface Kept {
  language: Language;
  theme: Theme;
  notation: Notation;
  height_unit: HeightUnit;
  distance_unit: DistanceUnit;
  size: Size;
  sound: boolean;
}

function first(): Kept {
  const dark = globalThis.matchMedia?.("(prefers-color-scheme: dark)").matches ?? false;
  return {
    language: wished(globalThis.navigator?.languages ?? []),
    theme: dark ? "dusk" : "day",
    notation: "DMS",
    height_unit: "ft",
    distance_unit: "NM",
    size: "normal",
    sound: true,
  };
}

function one<T>(of: readonly T[], found: unknown, otherwise: T): T {
  return of.includes(found as T) ? (found as T) : otherwise;
}

function read(): Kept {
  const plain = first();
  try {
    const kept = JSON.parse(localStorage.getItem(KEY) ?? "{}") as Partial<Kept>;
    return {
      language: one(LANGUAGES, kept.language, plain.language),
      theme: one(THEMES, kept.theme, plain.theme),
      notation: one(NOTATIONS, kept.notation, plain.notation),
      height_unit: one(["ft", "m"] as const, kept.height_unit, plain.height_unit),
      distance_unit: one(["NM", "km"] as const, kept.distance_unit, plain.distance_unit),
      size: one(SIZES, kept.size, plain.size),
      sound: kept.sound ?? plain.sound,
    };
  } catch {
    return plain;
  }
}

export const prefs: Kept = $state(read());

/** Put the choices into force and keep them; called once, from the first component. */
export function followPrefs(): void {
  $effect.pre(() => {
    const root = document.documentElement;
    root.lang = prefs.language;
    root.dir = direction(prefs.language);
    root.dataset.theme = prefs.theme;
    root.dataset.size = prefs.size;
    speak(prefs.language);
  });
  $effect(() => {
    const text = JSON.stringify(prefs);
    try {
      localStorage.setItem(KEY, text);
    } catch {
      // a browser that keeps nothing: the choice lasts as long as the page
    }
  });
}
