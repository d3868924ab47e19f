import { svelte } from "@sveltejs/vite-plugin-svelte";
import { defineConfig } from "vite";

const NODE = process.env.WIDEBERTH_NODE ?? "http://127.0.0.1:8440";

export default defineConfig({
  plugins: [svelte()],
  base: "./",
  build: {
    outDir: process.env.WIDEBERTH_STATIC ?? "../src/wideberth/web/static",
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
