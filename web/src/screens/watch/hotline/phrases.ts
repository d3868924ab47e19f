/** Sections of the phrase book, what is looked for in it, and a wording cut at its places. */
import type { PhraseShown } from "../../../kernel/types.ts";

export const SECTIONS = ["C", "D", "E", "H", "L", "N", "P", "R", "T", "W"] as const;
export type Section = (typeof SECTIONS)[number];

/** A piece of a wording: words, or the place of a value. */
export interface Piece {
  words: string;
  slot: string;
}

export function piecesOf(wording: string): Piece[] {
  return wording
    .split(/(\{\w+\})/)
    .filter(Boolean)
    .map((part) => (/^\{\w+\}$/.test(part) ? { words: "", slot: part.slice(1, -1) } : { words: part, slot: "" }));
}

/** Phrases in which every word that is looked for occurs, in any of the languages or by code. */
export function found(phrases: readonly PhraseShown[], section: string, wanted: string): PhraseShown[] {
  const words = wanted.trim().toLowerCase().split(/\s+/).filter(Boolean);
  return phrases.filter((phrase) => {
    if (!words.length) return section === "" || phrase.code.startsWith(section);
    const text = [phrase.code, phrase.name, ...Object.values(phrase.wordings)].join(" ").toLowerCase();
    return words.every((word) => text.includes(word));
  });
}
