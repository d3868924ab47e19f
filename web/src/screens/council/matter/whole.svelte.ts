/** A matter with all its steps, asked for and followed while it is shown. */
import { api, at, Refusal } from "../../../kernel/api.ts";
import { live } from "../../../kernel/live.svelte.ts";
import { keyOf, type Matter } from "../../../kernel/records.ts";
import { named } from "./names.ts";

export interface Whole {
  readonly matter: Matter | null;
  readonly error: Refusal | null;
}

/** Lists hold the newest step alone; the opening is the first turn. */
const isWhole = (one: Matter) => one.matter.steps[0]?.said.turn === 1;

/** Follow the matter that `ref` names; call it while a component is made. */
export function whole(ref: () => string): Whole {
  let fetched: Matter | null = $state.raw(null);
  let error: Refusal | null = $state.raw(null);
  const found = $derived(named(ref()));
  const key = $derived(found ? keyOf(found.kind, found.party, found.id) : "");
  const row = $derived(key ? live.matters.get(key) : undefined);
  const fits = $derived(row !== undefined && isWhole(row));

  $effect(() => {
    error = null;
    if (!found || fits) return;
    void row; // ask anew whenever it changes
    const asked = new AbortController();
    api
      .get<Matter>(at("council", found.kind, found.party, found.id), { signal: asked.signal })
      .then((one) => {
        fetched = one;
        error = null;
      })
      .catch((why: unknown) => {
        if (!asked.signal.aborted) error = why instanceof Refusal ? why : new Refusal(0, { detail: String(why) });
      });
    return () => asked.abort();
  });
  return {
    get matter() {
      if (row && fits) return row;
      return fetched && fetched.ref === ref() ? fetched : null;
    },
    get error() {
      return error;
    },
  };
}
