/** What is to be said in a call: a phrase with its values, own words, or both. */
import { api } from "../../../kernel/api.ts";
import type { PhraseShown, TypedShown } from "../../../kernel/types.ts";

export interface Typed {
  code: string;
  given: Record<string, string>;
  words: string;
  language: string;
}

/** As the API takes it; null: not to be sent as it stands. */
export type Fields = { code?: string; values?: string[]; words?: string; language?: string };

const WAIT_MS = 250;

/** Asks the node how both sides would hold what was typed, as it is typed. */
export class Reading {
  shown: TypedShown | null = $state.raw(null);
  error: unknown = $state.raw(null);
  #about = $state("");

  /** Whether what is shown is about what stands there now. */
  isOf(typed: Typed): boolean {
    return this.shown !== null && this.#about === about(typed);
  }

  ask(typed: Typed): () => void {
    const wanted = about(typed);
    const timer = setTimeout(() => void this.#ask(typed.code, { ...typed.given }, wanted), WAIT_MS);
    return () => clearTimeout(timer);
  }

  async #ask(code: string, given: Record<string, string>, wanted: string): Promise<void> {
    try {
      this.shown = await api.post<TypedShown>("/api/v1/phrases/typed", { code, given });
      this.#about = wanted;
      this.error = null;
    } catch (error) {
      this.error = error;
    }
  }
}

const about = ({ code, given }: Typed) => JSON.stringify([code, given]);

/** The values that a phrase has a place for; what is left of another phrase is let go. */
export function fitting(phrase: PhraseShown, given: Record<string, string>): Record<string, string> {
  return Object.fromEntries(phrase.parameters.map(({ name }) => [name, given[name] ?? ""]));
}

export function fieldsOf(typed: Typed, reading: Reading): Fields | null {
  const words = typed.words.trim() ? { words: typed.words, language: typed.language } : {};
  if (!typed.code) return typed.words.trim() ? words : null;
  const { shown } = reading;
  if (!shown || !reading.isOf(typed) || shown.faults?.length) return null;
  return { code: shown.code, values: shown.values, ...words };
}
