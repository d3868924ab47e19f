/** An answer that a screen waits for: not known yet, known, or refused; never "nothing" meanwhile. */
import { Refusal } from "./api.ts";

export interface Asked<T> {
  readonly value: T | undefined;
  readonly error: unknown;
  readonly busy: boolean;
  again(): Promise<void>;
}

/** Ask when the component is made, and whenever what `question` reads has changed. */
export function asked<T>(question: (signal: AbortSignal) => Promise<T>): Asked<T> {
  let value: T | undefined = $state.raw();
  let error: unknown = $state.raw(null);
  let busy = $state(false);
  let stop = new AbortController();

  async function ask(): Promise<void> {
    stop.abort();
    const mine = (stop = new AbortController());
    busy = true;
    try {
      const found = await question(mine.signal);
      if (mine.signal.aborted) return;
      value = found;
      error = null;
    } catch (found) {
      if (mine.signal.aborted) return;
      if (!(found instanceof Refusal)) console.error(found);
      error = found;
    } finally {
      if (!mine.signal.aborted) busy = false;
    }
  }

  $effect(() => {
    void ask();
    return () => stop.abort();
  });
  return {
    get value() {
      return value;
    },
    get error() {
      return error;
    },
    get busy() {
      return busy;
    },
    again: ask,
  };
}
