/** What a matter is called: the version of an agreement's text in the reader's language. */
import { AG } from "../../../words/council_agreement.ts";
import { shown } from "../../../kernel/safe.ts";
import type { Matter } from "../../../kernel/records.ts";

const VERSION = /^version (\d+): /;

export function titleOf({ matter, stand }: Matter, most = 300): string {
  const said = stand.title || matter.id;
  if (matter.kind !== "agreement") return shown(said, most);
  return shown(said.replace(VERSION, (_all, number: string) => `${AG.version({ n: number })}: `), most);
}

/** The title of an agreement's text without its version. */
export const plainTitle = (title: string): string => title.replace(VERSION, "");
