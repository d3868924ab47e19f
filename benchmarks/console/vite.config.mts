/** Builds the reference page with the console's own packages: `npx vite build --config` in web/. */
import { fileURLToPath } from "node:url";

const here = (path: string): string => fileURLToPath(new URL(path, import.meta.url));
const PACKAGES = here("../../web/node_modules/");

export default {
  root: here("."),
  base: "./",
  publicDir: false,
  resolve: {
    alias: ["maplibre-gl", "topojson-client", "world-atlas"].map((name) => ({
      find: name,
      replacement: PACKAGES + name,
    })),
  },
  build: {
    outDir: here("../../build/bench-console"),
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    chunkSizeWarningLimit: 2000,
    target: "es2023",
    rollupOptions: { input: here("reference.html") },
  },
};
