/** What can be said in a matter: by whom, when it fits, and the fields of its form. */
import type { Cited } from "../../../kernel/types.ts";
import type { Matter } from "../../../kernel/records.ts";

export type Value = string | number | boolean | null | string[] | Cited[];
export type Values = Record<string, Value>;

/** From where a form is looked at. */
export interface About {
  matter: Matter | null;
  us: string;
  now_s: number;
}

export interface Option {
  value: string;
  label: string;
}

export type As =
  | "line" | "text" | "code" | "time" | "figure" | "tick" | "choice" | "role" | "clause" | "party" | "lines"
  | "matter" | "refs" | "ticks" | "evidence" | "area" | "hash" | "file";

export interface FieldSpec {
  name: string;
  as: As;
  label: () => string;
  hint?: () => string;
  required?: boolean;
  rows?: number;
  options?: (about: About) => Option[];
  /** What it means that no area is chosen. */
  none?: () => string;
  /** Of which kinds a matter may be named. */
  kinds?: readonly string[] | undefined;
  shows?: (values: Values, about: About) => boolean;
}

export interface Act {
  kind: string;
  /** The word of the route; empty: it opens a matter. */
  word: string;
  /** The tag of the body. */
  type: string;
  label: () => string;
  /** What it is called by whoever opened the matter. */
  ownLabel?: () => string;
  right: string;
  tone?: "primary" | "danger";
  fits: (about: About) => boolean;
  fields: readonly FieldSpec[];
  /** What is in the form at first, beside empty fields. */
  start?: (about: About, query: Record<string, string>) => Values;
  /** What of the values is said; the fields as they are unless it is given. */
  body?: (values: Values, about: About) => Record<string, unknown>;
}

export function labelOf(act: Act, matter: Matter | null, us: string): string {
  return matter?.matter.opener === us && act.ownLabel ? act.ownLabel() : act.label();
}

export const text = (values: Values, name: string): string => String(values[name] ?? "");
export const number = (values: Values, name: string): number | null => {
  const value = values[name];
  return typeof value === "number" && Number.isFinite(value) ? value : null;
};
export const list = (values: Values, name: string): string[] => {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one): one is string => typeof one === "string") : [];
};
export const cited = (values: Values, name: string): Cited[] => {
  const value = values[name];
  return Array.isArray(value) ? value.filter((one): one is Cited => typeof one === "object") : [];
};

const EMPTY: Partial<Record<As, Value>> = {
  time: null, figure: null, tick: false, ticks: [], refs: [], evidence: [],
};

/** A form with nothing in it. */
export function blank(act: Act): Values {
  return Object.fromEntries(act.fields.map((field) => [field.name, structuredClone(EMPTY[field.as] ?? "")]));
}

/** Which fields have to be filled in and are not. */
export function lacking(act: Act, values: Values, about: About): string[] {
  return act.fields
    .filter((field) => field.required && (field.shows?.(values, about) ?? true))
    .filter((field) => {
      const value = values[field.name];
      return value === null || value === undefined || (typeof value === "string" && !value.trim()) || (Array.isArray(value) && !value.length);
    })
    .map((field) => field.name);
}

/** The body of the step: the tag, the role, and what the fields say. */
export function bodyOf(act: Act, values: Values, about: About): Record<string, unknown> {
  const said = act.body ? act.body(values, about) : plain(act, values, about);
  return { type: act.type, role: text(values, "role"), words: text(values, "words"), ...said };
}

function plain(act: Act, values: Values, about: About): Record<string, unknown> {
  const seen = act.fields.filter((field) => field.shows?.(values, about) ?? true);
  return Object.fromEntries(seen.map((field) => [field.name, field.as === "lines" ? lines(text(values, field.name)) : values[field.name]]));
}

export function lines(of: string): string[] {
  return of.split("\n").map((line) => line.trim()).filter(Boolean);
}
