/** Conflicts that a person has looked at, kept in this browser: it tells nobody and ends nothing. */
import { session } from "../../kernel/session.svelte.ts";

const MOST = 5000;
let ids: ReadonlySet<string> = $state.raw(new Set());
let of = "";

const place = (): string => `wideberth.draft/${encodeURIComponent(session.me.name)}/plan/seen`;

function load(): void {
  if (of === session.me.name) return;
  of = session.me.name;
  try {
    const kept = JSON.parse(localStorage.getItem(place()) ?? "{}") as { ids?: string[] };
    ids = new Set(kept.ids ?? []);
  } catch {
    ids = new Set();
  }
}

export const seen = {
  has(id: string): boolean {
    return ids.has(id);
  },
  /** Read what is kept for who is signed in; call it while a component is made. */
  open(): void {
    load();
  },
  mark(id: string, on: boolean): void {
    load();
    ids = new Set(on ? [...ids, id].slice(-MOST) : [...ids].filter((one) => one !== id));
    try {
      localStorage.setItem(place(), JSON.stringify({ ids: [...ids] }));
    } catch {
      // it lasts as long as the page
    }
  },
};
