/** Which screen is shown: the part of the address after `#`. */

import { tick } from "svelte";

export interface Route {
  path: string;
  query: Record<string, string>;
}

function read(hash: string): Route {
  const [path = "", query = ""] = hash.replace(/^#\/?/, "").split("?", 2);
  return { path: decodeURIComponent(path), query: Object.fromEntries(new URLSearchParams(query)) };
}

function now(): Route {
  try {
    return read(location.hash);
  } catch {
    return { path: "", query: {} };
  }
}

let current: Route = $state.raw(now());

addEventListener("hashchange", () => {
  current = now();
});

export const route = {
  get path(): string {
    return current.path;
  },
  get query(): Record<string, string> {
    return current.query;
  },
};

/** The address of a screen, for links. */
export function to(path: string, query: Record<string, string> = {}): string {
  const text = new URLSearchParams(query).toString();
  return `#/${path}${text ? `?${text}` : ""}`;
}

/** Show a screen. */
export function go(path: string, query: Record<string, string> = {}): void {
  location.hash = to(path, query);
}

/** Show the same screen with another query, without a step in the browser's history. */
export function turn(query: Record<string, string>): void {
  history.replaceState(null, "", to(current.path, query));
  void tick().then(() => {
    current = now(); // not while a screen is being mounted: that would mount it a second time
  });
}
