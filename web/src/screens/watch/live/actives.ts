/** What is active at a moment, and what comes within some hours after it. */
import { isOver, keyOf, type Held } from "../../../kernel/records.ts";
import { window } from "../../plan/volumes.ts";

export interface Active {
  key: string;
  held: Held;
  start_s: number | null;
  end_s: number | null;
}

export interface Piles {
  now: Active[];
  next: Active[];
  stale: Active[];
}

/** `stale`: past its end and nobody ended it: it may still be there, whatever the cursor says. */
export function pilesAt(list: readonly Held[], at_s: number, ahead_s: number, party: string): Piles {
  const piles: Piles = { now: [], next: [], stale: [] };
  for (const held of list) {
    if (isOver(held) || (party && held.activity.party !== party)) continue;
    const [start_s, end_s] = window(held.activity);
    const one = { key: keyOf(held.activity.party, held.activity.id), held, start_s, end_s };
    if (held.stale_s != null) piles.stale.push(one);
    else if ((end_s ?? Infinity) <= at_s) continue;
    else if ((start_s ?? -Infinity) <= at_s) piles.now.push(one);
    else if (start_s! <= at_s + ahead_s) piles.next.push(one);
  }
  piles.now.sort((a, b) => (a.end_s ?? Infinity) - (b.end_s ?? Infinity));
  piles.next.sort((a, b) => a.start_s! - b.start_s!);
  return piles;
}
