/** The language the console speaks; read it within a component and the component follows it. */
import { createSubscriber } from "svelte/reactivity";

export const LANGUAGES = ["en", "ru", "he", "ar", "fr"] as const;
export type Language = (typeof LANGUAGES)[number];
export const NAMES: Record<Language, string> = {
  en: "English",
  ru: "Русский",
  he: "עברית",
  ar: "العربية",
  fr: "Français",
};
const RIGHT_TO_LEFT: ReadonlySet<Language> = new Set(["he", "ar"]);

let now: Language = "en";
let tell: () => void = () => {};
const subscribe = createSubscriber((update) => {
  tell = update;
  return () => {
    tell = () => {};
  };
});

export function language(): Language {
  subscribe();
  return now;
}

export function speak(wanted: Language): void {
  now = wanted;
  tell();
}

export function direction(of: Language): "rtl" | "ltr" {
  return RIGHT_TO_LEFT.has(of) ? "rtl" : "ltr";
}

/** The best of our languages for a browser's list of wishes. */
export function wished(wishes: readonly string[]): Language {
  for (const wish of wishes) {
    const found = LANGUAGES.find((one) => wish.toLowerCase().split("-")[0] === one);
    if (found) return found;
  }
  return "en";
}
