/** What was typed and not yet sent: it survives a reload and the node's restart. */
import { session } from "./session.svelte.ts";

const HEAD = "wideberth.draft";

function placeOf(user: string, key: string): string {
  return `${HEAD}/${encodeURIComponent(user)}/${key}`;
}

export interface Draft<T> {
  value: T;
  /** Whether there was something kept when the form was opened. */
  readonly found: boolean;
  /** It was sent, or is not wanted any more. */
  done(next?: T): void;
}

/** A form's content. Call it while a component is made; `initial` is plain JSON. */
export function draft<T extends object>(key: string, initial: T): Draft<T> {
  const place = placeOf(session.me.name, key);
  const before = kept<T>(place);
  const held = $state({ value: { ...structuredClone(initial), ...before } as T });
  let unchanged = JSON.stringify(initial);
  $effect(() => {
    const text = JSON.stringify(held.value);
    if (text === unchanged) remove(place);
    else keep(place, text);
  });
  return {
    get value() {
      return held.value;
    },
    set value(next: T) {
      held.value = next;
    },
    found: before !== null,
    done(next?: T) {
      const fresh = structuredClone(next ?? initial);
      unchanged = JSON.stringify(fresh);
      held.value = fresh;
      remove(place);
    },
  };
}

/** What is kept under keys that begin so, by key: a list of drafts. */
export function draftsUnder<T>(head: string): [string, Partial<T>][] {
  const first = placeOf(session.me.name, head);
  const cut = placeOf(session.me.name, "").length;
  return keysUnder(first).flatMap((place) => {
    const found = kept<T>(place);
    return found === null ? [] : [[place.slice(cut), found]];
  });
}

/** Put a draft where a form will find it when it is opened. */
export function putDraft<T extends object>(key: string, value: T): void {
  keep(placeOf(session.me.name, key), JSON.stringify(value));
}

/** Keep a draft for a form that is opened next. */
export function keepDraft(key: string, value: object): void {
  keep(placeOf(session.me.name, key), JSON.stringify(value));
}

/** Throw a draft away without opening it. */
export function dropDraft(key: string): void {
  remove(placeOf(session.me.name, key));
}

/** Take a user's drafts away: another person may sit down here next. */
export function forgetDrafts(user: string): void {
  for (const key of keysUnder(placeOf(user, ""))) remove(key);
}

function keysUnder(head: string): string[] {
  try {
    const keys = Array.from({ length: localStorage.length }, (_, place) => localStorage.key(place));
    return keys.filter((key) => key !== null).filter((key) => key.startsWith(head));
  } catch {
    return [];
  }
}

function kept<T>(place: string): Partial<T> | null {
  try {
    const text = localStorage.getItem(place);
    return text === null ? null : (JSON.parse(text) as Partial<T>);
  } catch {
    return null;
  }
}

function keep(place: string, text: string): void {
  try {
    localStorage.setItem(place, text);
  } catch {
    // a full or locked store: the form itself still holds it
  }
}

function remove(place: string): void {
  try {
    localStorage.removeItem(place);
  } catch {
    // nothing was kept, then
  }
}
