/** What is to be said in a call: a phrase with its values, own words, or both. */
import { api, Refusal } from "../../../kernel/api.ts";
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
const AGAIN_MS = 3000;

/** Asks the node how both sides would hold what was typed, as it is typed. */
export class Reading {
  shown: TypedShown | null = $state.raw(null);
  error: unknown = $state.raw(null);
  #about = $state("");

  /** Whether what is shown is about what stands there now. */
  isOf(typed: Typed): boolean {
    return this.shown !== null && this.#about === about(typed);
  }

  /** Asks until there is an answer; returns what stops it. */
  ask(typed: Typed): () => void {
    const wanted = about(typed);
    const { code, given } = { code: typed.code, given: { ...typed.given } };
    let timer: ReturnType<typeof setTimeout> | undefined;
    let over = false;
    const later = (wait_ms: number): void => {
      timer = setTimeout(async () => {
        await this.#ask(code, given, wanted);
        if (!over && this.error instanceof Refusal && this.error.silent) later(AGAIN_MS);
      }, wait_ms);
    };
    later(WAIT_MS);
    return () => {
      over = true;
      clearTimeout(timer);
    };
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
