/** The one catalogue of words: every entry in all five languages, side by side. */
import { direction, language, type Language } from "./language.ts";

export type Plural = Partial<Record<Intl.LDMLPluralRule, string>> & { other: string };
export type Entry = Readonly<Record<Language, string | Plural>>;
export type Values = Readonly<Record<string, string | number>>;
export type Words<T> = { readonly [K in keyof T]: (values?: Values) => string };

const AREAS: Record<string, Entry>[] = [];
const RULES = new Map<Language, Intl.PluralRules>();

/** Make speakers of entries: `W.key()`, `W.key({n: 3})`; `{n}` in a text is replaced. */
export function words<T extends Record<string, Entry>>(entries: T): Words<T> {
  AREAS.push(entries);
  const speakers = Object.entries(entries).map(([key, entry]) => [
    key,
    (values?: Values) => said(entry, language(), values),
  ]);
  return Object.fromEntries(speakers) as Words<T>;
}

/** Every entry that was made, area by area: for tests of the catalogue. */
export function catalogue(): readonly Record<string, Entry>[] {
  return AREAS;
}

export function said(entry: Entry, speaking: Language, values: Values = {}): string {
  const text = spaced(formOf(entry[speaking], speaking, values.n), speaking);
  return text.replace(/\{(\w+)\}/g, (whole, name: string) =>
    name in values ? apart(String(values[name]), speaking) : whole,
  );
}

/** A value within a text that reads from right to left keeps its own direction. */
function apart(value: string, speaking: Language): string {
  return direction(speaking) === "rtl" ? `\u2068${value}\u2069` : value;
}

/** French signs stay on the line of their word. */
function spaced(text: string, speaking: Language): string {
  return speaking === "fr" ? text.replace(/ (?=[:;?!»])/g, "\u00a0").replaceAll("« ", "«\u00a0") : text;
}

function formOf(text: string | Plural, speaking: Language, count: unknown): string {
  if (typeof text === "string") return text;
  const number = typeof count === "number" ? count : Number.NaN;
  return text[ruleOf(speaking).select(number)] ?? text.other;
}

function ruleOf(speaking: Language): Intl.PluralRules {
  let rule = RULES.get(speaking);
  if (!rule) RULES.set(speaking, (rule = new Intl.PluralRules(speaking)));
  return rule;
}
