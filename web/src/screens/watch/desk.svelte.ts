/** The watch here: who has it, what is open, and in which role this person speaks. */
import { api } from "../../kernel/api.ts";
import { live } from "../../kernel/live.svelte.ts";
import { session } from "../../kernel/session.svelte.ts";
import type { WatchShown } from "../../kernel/types.ts";

export const DUTY = "duty officer";
const AGAIN_MS = 400;

let shown = $state.raw<WatchShown | null>(null);
let error: unknown = $state.raw(null);
let chosen = $state("");
let started = false;
let timer: ReturnType<typeof setTimeout> | undefined;

async function ask(): Promise<void> {
  if (!session.may("hotline")) return;
  try {
    shown = await api.get<WatchShown>("/api/v1/watch");
    error = null;
  } catch (found) {
    error = found;
  }
}

/** What changes together is asked for once. */
function soon(): void {
  clearTimeout(timer);
  timer = setTimeout(() => void ask(), AGAIN_MS);
}

const CHANGING = new Set(["watch", "watch_plan", "matter", "alarm", "notice", "case"]);
const held = $derived((shown?.watches ?? []).find((one) => one.user === session.me.name)?.role ?? "");

export const desk = {
  /** Null: not known yet. */
  get shown(): WatchShown | null {
    return shown;
  },
  get error(): unknown {
    return error;
  },
  /** The role in which we speak, as the other side is told: chosen, else the watch we have. */
  get role(): string {
    return chosen || held || DUTY;
  },
  set role(role: string) {
    chosen = role;
  },
  ask,
  start(): void {
    if (started) return;
    started = true;
    void ask();
    live.listen((change) => {
      if (CHANGING.has(change.table)) soon();
    });
  },
};
