/** What an open item is called, where its name on the wire is a code. */
import { kindName } from "../../../words/council.ts";
import { W } from "../../../words/watch_log.ts";

/** The kind in words; the opener and the number stay, for they are said on the line. */
export function titleOf(name: string): string {
  const [head = "", ...rest] = name.split("/");
  if (head === "alarm") return W.alarm();
  if (head === "notice") return W.notice();
  return `${kindName(head)} ${rest.join("/")}`;
}
