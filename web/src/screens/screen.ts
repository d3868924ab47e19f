/** A screen: where it is, what it is called, who may see it, and how it is loaded. */
import type { Component } from "svelte";

export type Area = "watch" | "plan" | "spectrum" | "council" | "admin";

export interface Screen {
  path: string;
  area: Area;
  title: () => string;
  /** The right that is needed; empty: everybody who is signed in. */
  needs: string;
  view: () => Promise<{ default: Component }>;
  /** How many things wait on it, shown beside its name. */
  count?: () => number;
  /** Reached from other screens alone. */
  aside?: boolean;
}
