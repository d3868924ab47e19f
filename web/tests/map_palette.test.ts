import assert from "node:assert/strict";
import { readFileSync } from "node:fs";
import { test } from "node:test";
import { contrast, PALETTES } from "../src/map/palette.ts";

for (const [theme, palette] of Object.entries(PALETTES)) {
  const { own, peer, third } = palette.sides;
  const marks = { own, peer, third, conflict: palette.conflict, chosen: palette.chosen, drawn: palette.drawn };
  for (const [ground, colour] of Object.entries({ sea: palette.sea, land: palette.land })) {
    for (const [name, mark] of Object.entries(marks))
      test(`${theme}: ${name} stands out from the ${ground} by 3 to 1`, () => {
        assert.ok(contrast(mark, colour) >= 3, `${contrast(mark, colour)}`);
      });
    for (const [name, text] of Object.entries({ ink: palette.ink, grid: palette.grid_text }))
      test(`${theme}: ${name} text is read on the ${ground} at 4.5 to 1`, () => {
        assert.ok(contrast(text, colour) >= 4.5, `${contrast(text, colour)}`);
      });
  }
}

test("black on white has the contrast that WCAG gives it", () => {
  assert.equal(contrast("#000000", "#ffffff"), 21);
});

test("the map has the frame's colours for parties and conflicts in each theme", () => {
  const sheet = readFileSync(new URL("../src/frame/theme.css", import.meta.url), "utf8");
  for (const [theme, palette] of Object.entries(PALETTES)) {
    const table = sheet.split(`[data-theme="${theme}"]`)[1]!.split("}")[0]!;
    const of = (name: string) => table.match(new RegExp(`--${name}: (#[0-9a-f]{6})`))?.[1];
    assert.deepEqual(palette.sides, { own: of("own"), peer: of("peer"), third: of("third") });
    assert.equal(palette.conflict, of("conflict"));
  }
});
