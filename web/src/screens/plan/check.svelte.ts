/** What the node says of the form while it is typed; never older than it says. */
import { api, Refusal } from "../../kernel/api.ts";
import { clock } from "../../kernel/clock.svelte.ts";
import { live } from "../../kernel/live.svelte.ts";
import type { Answer } from "../../kernel/records.ts";
import type { Amendment } from "../../kernel/types.ts";

const WAIT_MS = 400;
const RETRY_MS = 4000;

export interface Result {
  /** What was asked, so that an answer is never taken for another form. */
  asked: string;
  n: number;
  at_s: number;
  answer: Answer | null;
  error: Refusal | null;
}

export interface LiveCheck {
  readonly result: Result | null;
  readonly busy: boolean;
  /** Whether the result is of the form as it is now, and of what is in force now. */
  readonly fresh: boolean;
  again(): void;
}

/** Follow a form; call it while a component is made. `made`: null while it is incomplete. */
export function liveCheck(made: () => Amendment | null, base: () => number, n: () => number): LiveCheck {
  let result: Result | null = $state.raw(null);
  let busy = $state(false);
  let round = $state(0);
  let taken = $state(-1);
  const text = $derived(JSON.stringify([base(), made()]));

  $effect(() =>
    live.listen((change) => {
      if (change.table === "activity" || change.table === "agreement" || change.table === "broken") round += 1;
    }),
  );
  $effect(() => {
    const [asked, now] = [text, round];
    const body = made();
    if (!body) {
      busy = false;
      return;
    }
    const stop = new AbortController();
    busy = true;
    let again: ReturnType<typeof setTimeout> | undefined;
    const timer = setTimeout(async () => {
      const number = n();
      let found: Pick<Result, "answer" | "error">;
      try {
        found = { answer: await check(body, base(), stop.signal), error: null };
      } catch (error) {
        if (stop.signal.aborted) return;
        found = { answer: null, error: error instanceof Refusal ? error : new Refusal(0, { detail: String(error) }) };
        if (found.error?.silent || found.error?.status === 429) again = setTimeout(() => (round += 1), RETRY_MS);
      }
      if (stop.signal.aborted) return;
      [result, taken, busy] = [{ asked, n: number, at_s: clock.now_s, ...found }, now, false];
    }, WAIT_MS);
    return () => {
      stop.abort();
      clearTimeout(timer);
      clearTimeout(again);
    };
  });

  return {
    get result() {
      return result;
    },
    get busy() {
      return busy;
    },
    get fresh() {
      return result !== null && !busy && result.asked === text && taken === round;
    },
    again() {
      round += 1;
    },
  };
}

export const matching = (base: number): Record<string, string> => (base ? { "If-Match": `"${base}"` } : {});

function check(body: Amendment, base: number, signal: AbortSignal): Promise<Answer> {
  return api.post<Answer>("/api/v1/check", body, { headers: matching(base), signal });
}
