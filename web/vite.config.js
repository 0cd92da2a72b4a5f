// One script, one style sheet and the outline of the world, under names that do not change: the program carries what this makes.
import preact from "@preact/preset-vite";
import { defineConfig } from "vite";
import { phrases, sources, world } from "./plugins/plugins.js";

export default defineConfig({
  plugins: [preact({ devToolsEnabled: false }), phrases(), world(), sources()],
  build: {
    outDir: "../src/server/page",
    emptyOutDir: true,
    assetsInlineLimit: 0,
    modulePreload: false,
    cssCodeSplit: false,
    target: "es2022",
    rollupOptions: {
      output: {
        entryFileNames: "page.js",
        chunkFileNames: "[name].js",
        assetFileNames: "page[extname]",
        manualChunks: (id) => (id.includes("virtual:world") ? "world" : undefined),
      },
    },
  },
  server: { proxy: { "/api": "http://127.0.0.1:8080" } },
});
