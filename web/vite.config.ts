import { fileURLToPath } from "node:url";
import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";
import { manifest } from "./manifest.ts";

const NODE = process.env.WIDEBERTH_NODE ?? "http://127.0.0.1:8440";
const STATIC =
  process.env.WIDEBERTH_STATIC ??
  fileURLToPath(new URL("../src/wideberth/web/static", import.meta.url));
const SOURCES = process.env.WIDEBERTH_SOURCES ?? "";

export default defineConfig({
  plugins: [svelte(), manifest(STATIC, SOURCES)],
  base: "./",
  build: {
    outDir: STATIC,
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    target: "es2023",
  },
  server: {
    host: "127.0.0.1",
    proxy: Object.fromEntries(
      ["/api", "/events", "/unit", "/health", "/openapi.json"].map((path) => [
        path,
        { target: NODE, changeOrigin: true },
      ]),
    ),
  },
});
