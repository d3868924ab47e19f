import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { test } from "node:test";

import { filesOf } from "../manifest.ts";

test("the manifest has every file but itself, by path and SHA-256", () => {
  const folder = mkdtempSync(join(tmpdir(), "wideberth-"));
  try {
    mkdirSync(join(folder, "assets"));
    writeFileSync(join(folder, "assets", "a.js"), "abc");
    writeFileSync(join(folder, "index.html"), "");
    writeFileSync(join(folder, "manifest.json"), "{}");
    assert.deepEqual(filesOf(folder), {
      "assets/a.js": "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad",
      "index.html": "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855",
    });
  } finally {
    rmSync(folder, { recursive: true });
  }
});
