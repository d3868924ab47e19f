/** The phrase book, asked for once; and its phrases by section and by what is looked for. */
import { api } from "../../../kernel/api.ts";
import type { BookShown, PhraseShown } from "../../../kernel/types.ts";

let book: BookShown | null = $state.raw(null);
let error: unknown = $state.raw(null);
let asking = false;

export const phrases = {
  /** Null: not known yet. */
  get book(): BookShown | null {
    return book;
  },
  get error(): unknown {
    return error;
  },
  of(code: string): PhraseShown | undefined {
    return book?.phrases.find((one) => one.code === code);
  },
  async start(): Promise<void> {
    if (book || asking) return;
    asking = true;
    try {
      book = await api.get<BookShown>("/api/v1/phrases");
      error = null;
    } catch (found) {
      error = found;
    } finally {
      asking = false;
    }
  },
};
