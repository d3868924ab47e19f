/** Written beside what was built: the SHA-256 of each file, which the node checks when it starts. */
import { createHash } from "node:crypto";
import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join, sep } from "node:path";
import type { Plugin } from "vite";

export const MANIFEST = "manifest.json";

export function filesOf(folder: string): Record<string, string> {
  const names = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1))
    .map((name) => name.split(sep).join("/"))
    .filter((name) => name !== MANIFEST)
    .sort();
  return Object.fromEntries(names.map((name) => [name, sha256(join(folder, name))]));
}

/** sources: what the files were built from, as hatch_build.py reckons it. */
export function manifest(folder: string, sources: string): Plugin {
  return {
    name: "wideberth-manifest",
    apply: "build",
    closeBundle() {
      const text = JSON.stringify({ sources, files: filesOf(folder) }, null, 1);
      writeFileSync(join(folder, MANIFEST), `${text}\n`);
    },
  };
}

function sha256(path: string): string {
  return createHash("sha256").update(readFileSync(path)).digest("hex");
}
