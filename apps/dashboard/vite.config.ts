import react from "@vitejs/plugin-react";
import { defineConfig } from "vite";

/** Where `npm run dev` finds the API; `npm start` serves it here. */
const apiOrigin = "http://127.0.0.1:4600";

export default defineConfig({
  plugins: [react()],
  resolve: {
    // Workspace packages are taken from their source, so nothing must be built first.
    conditions: ["source", "module", "browser", "development|production"],
  },
  ssr: { resolve: { conditions: ["source", "module", "node", "development|production"] } },
  build: {
    target: "es2023",
    sourcemap: false,
    // The preload polyfill would be an inline script, which the API's content security policy forbids.
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
  },
  server: { proxy: { "/api": apiOrigin, "/healthz": apiOrigin, "/openapi.json": apiOrigin } },
});
