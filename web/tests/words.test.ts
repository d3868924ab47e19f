import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { test } from "node:test";
import { LANGUAGES } from "../src/kernel/language.ts";
import { catalogue, said, type Entry } from "../src/kernel/words.ts";

const folder = new URL("../src/words/", import.meta.url);
for (const file of readdirSync(folder)) if (file.endsWith(".ts")) await import(new URL(file, folder).href);

const entries: [string, Entry][] = catalogue().flatMap((area) => Object.entries(area));

function forms(entry: Entry, language: (typeof LANGUAGES)[number]): string[] {
  const text = entry[language];
  return typeof text === "string" ? [text] : Object.values(text);
}

const gaps = (text: string) => [...text.matchAll(/\{(\w+)\}/g)].map((found) => found[1]!);

test("every entry says something in every language", () => {
  const mute = entries.filter(([, entry]) =>
    LANGUAGES.some((language) => !forms(entry, language).length || forms(entry, language).some((text) => !text.trim())),
  );
  assert.deepEqual(mute.map(([key]) => key), []);
});

test("no language has a gap that English does not fill", () => {
  const wrong = entries.filter(([, entry]) => {
    const filled = new Set(forms(entry, "en").flatMap(gaps));
    return LANGUAGES.some((language) => forms(entry, language).some((text) => gaps(text).some((gap) => !filled.has(gap))));
  });
  assert.deepEqual(wrong.map(([key]) => key), []);
});

test("the general form of every language keeps every gap but the number", () => {
  const last = (entry: Entry, language: (typeof LANGUAGES)[number]) => {
    const text = entry[language];
    return typeof text === "string" ? text : text.other;
  };
  const wrong = entries.filter(([, entry]) => {
    const wanted = gaps(last(entry, "en")).sort().join();
    return LANGUAGES.some((language) => gaps(last(entry, language)).sort().join() !== wanted);
  });
  assert.deepEqual(wrong.map(([key]) => key), []);
});

test("a number chooses the form of its language", () => {
  const entry: Entry = {
    en: { one: "{n} alarm", other: "{n} alarms" },
    ru: { one: "{n} тревога", few: "{n} тревоги", many: "{n} тревог", other: "{n} тревоги" },
    he: "{n}", ar: "{n}", fr: "{n}",
  };
  assert.deepEqual([1, 2, 5, 21].map((n) => said(entry, "ru", { n })), ["1 тревога", "2 тревоги", "5 тревог", "21 тревога"]);
  assert.equal(said(entry, "en", { n: 1 }), "1 alarm");
});

test("a value keeps its direction where the script reads from right to left", () => {
  const entry: Entry = { en: "from {at}", ru: "с {at}", he: "מ־{at}", ar: "من {at}", fr: "dès {at}" };
  const at = "2026-11-23 12:04Z";
  assert.deepEqual((["en", "he", "ar"] as const).map((one) => said(entry, one, { at })), [
    `from ${at}`, `מ־\u2068${at}\u2069`, `من \u2068${at}\u2069`,
  ]);
});

test("a French sign is never parted from its word, and what others wrote stays as it is", () => {
  const entry: Entry = { en: "Why: {a}?", ru: "{a}", he: "{a}", ar: "{a}", fr: "« Pourquoi » : {a} ?" };
  assert.equal(said(entry, "fr", { a: "a : b" }), "«\u00a0Pourquoi\u00a0»\u00a0: a : b\u00a0?");
});

test("Russian is written in Cyrillic, Hebrew and Arabic in theirs, wherever English has a word", () => {
  const script = { ru: /\p{Script=Cyrillic}/u, he: /\p{Script=Hebrew}/u, ar: /\p{Script=Arabic}/u };
  const wrong = entries.flatMap(([key, entry]) =>
    (["ru", "he", "ar"] as const)
      .filter((language) => forms(entry, "en").some((text) => /[a-z]{4}/.test(text.replace(/\{\w+\}/g, ""))))
      .filter((language) => !forms(entry, language).some((text) => script[language].test(text)))
      .map((language) => `${key} ${language}`),
  );
  assert.deepEqual(wrong, []);
});

const glossary = readFileSync(new URL("../../docs/formats/words.md", import.meta.url), "utf8");
const plain = (text: string) => text.normalize("NFD").replace(/\p{M}/gu, "").toLowerCase();

test("no text uses a word that the glossary gives up for another", () => {
  const given = [...glossary.matchAll(/^\| (en|ru|he|ar|fr) \| (.+?) \| (.+?) \|$/gm)];
  assert.ok(given.length > 20);
  const wrong = given.flatMap(([, speaking, not, but]) =>
    entries
      .filter(([, entry]) => forms(entry, speaking as (typeof LANGUAGES)[number]).some((text) => plain(text).includes(plain(not!))))
      .map(([key]) => `${speaking} ${key}: ${not} is ${but}`),
  );
  assert.deepEqual(wrong, []);
});

test("Russian and Arabic have every form that a number takes there", () => {
  const wanted = { ru: ["few", "many", "one", "other"], ar: ["few", "many", "one", "other", "two", "zero"] };
  const wrong = entries.flatMap(([key, entry]) =>
    (["ru", "ar"] as const)
      .filter((speaking) => typeof entry[speaking] !== "string" && Object.keys(entry[speaking]).sort().join() !== wanted[speaking].join())
      .map((speaking) => `${key} ${speaking}`),
  );
  assert.deepEqual(wrong, []);
});
