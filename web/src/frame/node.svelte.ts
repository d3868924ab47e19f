/** What the node says of itself: its agreement, parties, hints; asked again when it may differ. */
import { api, Refusal } from "../kernel/api.ts";
import { live } from "../kernel/live.svelte.ts";
import type { NodeView } from "../kernel/types.ts";

export type { NodeView } from "../kernel/types.ts";

const ASK_EVERY_MS = 60_000;
const AGAIN_MS = 5000;
let view: NodeView | null = $state.raw(null);
let error: Refusal | null = $state.raw(null);
let started = false;
let again: ReturnType<typeof setTimeout> | undefined;

async function ask(): Promise<void> {
  clearTimeout(again);
  try {
    view = await api.get<NodeView>("/api/v1/node");
    error = null;
  } catch (found) {
    error = found instanceof Refusal ? found : new Refusal(0, { detail: String(found) });
    clearTimeout(again);
    again = setTimeout(() => void ask(), AGAIN_MS);
  }
}

export const node = {
  get view(): NodeView | null {
    return view;
  },
  /** What a map shows first: what is in force, else the theatre. West, south, east, north. */
  get bounds(): [number, number, number, number] | null {
    return view?.in_force ?? view?.theatre ?? null;
  },
  get error(): Refusal | null {
    return error;
  },
  start(): void {
    if (started) return;
    started = true;
    void ask();
    setInterval(() => void ask(), ASK_EVERY_MS);
    live.listen((change) => {
      if (change.table === "agreement") void ask();
      if (change.table === "matter" && change.key.startsWith("agreement/")) void ask();
    });
  },
};
