/** The words for how far a call has come. */
import { shown } from "../../../kernel/safe.ts";
import { W } from "../../../words/watch_hotline.ts";
import type { CallStand } from "./calls.ts";

export function stateOf(stand: CallStand): string {
  switch (stand.state) {
    case "ringing": return W.ringing();
    case "taken": return W.isTaken();
    case "passed": return W.passed();
    case "answered": return W.answered();
    case "matched": return W.matched({ ref: shown(stand.goes_on, 60) });
    default: return W.isClosed();
  }
}
