/** Turn the time bar to when something is: that leaves LIVE, so a person asks for it. */
import { timebar } from "../../kernel/time.svelte.ts";

const HOUR_S = 3600;

export function showTime(from_s: number, to_s: number | null | undefined): void {
  const end_s = Math.max(to_s ?? from_s, from_s + HOUR_S);
  timebar.show(from_s - HOUR_S, end_s + HOUR_S);
  timebar.cursor_s = from_s;
}
