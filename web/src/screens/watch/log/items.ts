/** Open items of the watch: where each is looked at, and what is still to be accepted. */
import { to } from "../../../kernel/router.svelte.ts";
import type { OpenItem } from "../../../kernel/types.ts";
import { placesOf, queryOf } from "../places.ts";

/** The screen where an open item is dealt with, by the head of its name. */
export function placeOf(name: string, has: (path: string) => boolean): string {
  const [head = "", opener = "", id = ""] = name.split("/");
  if (head === "alarm") return to("watch/alarms");
  if (head === "notice") return to("watch/notices", { notice: opener });
  const path = placesOf(head).find(has);
  return path ? to(path, queryOf(head, opener, id)) : "";
}

/** Names that were ticked and are still open. */
export function seenOf(ticked: readonly string[], open: readonly OpenItem[]): string[] {
  const names = new Set(open.map((one) => one.name));
  return ticked.filter((name) => names.has(name));
}
