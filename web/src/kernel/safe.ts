/** A stranger's text, made visible and harmless: what cannot be seen is shown as a mark. */

const MOST = 2000;
// Unicode general categories Cc, Cf (bidi controls, zero width), Co, Cs, Zl, Zp; UAX #9 and #36.
const HIDDEN = /[\p{Cc}\p{Cf}\p{Co}\p{Cs}\p{Zl}\p{Zp}\u115f\u1160\u3164\uffa0]/gu;
const MARK = "\u2423"; // open box
const STACKED = /(\p{M}{4})\p{M}+/gu; // more marks on one letter than any language writes

/** Text in one line. */
export function shown(text: string | null | undefined, most = MOST): string {
  const plain = (text ?? "").replace(HIDDEN, mark).replace(STACKED, "$1");
  return plain.length > most ? `${plain.slice(0, most)}…` : plain;
}

/** Keys of which no two are the same: what a stranger named twice is listed twice. */
export function distinct(keys: readonly string[]): string[] {
  const seen = new Map<string, number>();
  return keys.map((key) => {
    const before = seen.get(key) ?? 0;
    seen.set(key, before + 1);
    return before ? `${key}\u0000${before}` : key;
  });
}

/** The letter in a party's badge. */
export function initial(name: string): string {
  return /[\p{L}\p{N}]/u.exec(name)?.[0].toLocaleUpperCase("en") ?? "?";
}

/** Text that may have lines. */
export function shownLines(text: string | null | undefined): string[] {
  return (text ?? "").split(/\r\n|[\n\r]/).map((line) => shown(line));
}

/** A node's words without what to type at a command line: here it is done with buttons. */
export function withoutCommands(text: string): string {
  return text.replace(/\s*[^.:]*: `wideberth [^`]*`\.?/g, "").replace(/\s*`wideberth [^`]*`/g, "");
}

function mark(character: string): string {
  return character === "\t" || character === "\n" ? " " : MARK;
}
