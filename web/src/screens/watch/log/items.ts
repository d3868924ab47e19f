/** Open items of the watch: where each is looked at, and what is still to be accepted. */
import { to } from "../../../kernel/router.svelte.ts";
import type { OpenItem } from "../../../kernel/types.ts";

/** The screen where an open item is dealt with, by the head of its name. */
export function placeOf(name: string): string {
  const [head = "", opener = "", id = ""] = name.split("/");
  switch (head) {
    case "alarm": return to("watch/alarms");
    case "notice": return to("watch/notices", { notice: opener });
    case "call": return to("watch/hotline", { call: name });
    case "drill": return to("watch/drills", { drill: `${opener}/${id}` });
    case "caveat": return to("watch/third", { id: `${opener}/${id}` });
    default: return "";
  }
}

/** Names that were ticked and are still open. */
export function seenOf(ticked: readonly string[], open: readonly OpenItem[]): string[] {
  const names = new Set(open.map((one) => one.name));
  return ticked.filter((name) => names.has(name));
}
