// Breaks the real product in seeded ways and checks that nothing was lost, doubled or changed: test/chaos/main.ts.
// Usage: node scripts/chaos.mjs [--schedules N] [--seed S] [--queue redis|postgres] [--schedule K]     (npm run chaos -- ...)
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { buildProduct } from "./buildProduct.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
buildProduct(root);
// The harness itself is TypeScript; what it breaks is the built product, as users run it.
const { module } = await runnerImport(join(root, "test/chaos/main.ts"), { root, configFile: false, logLevel: "error" });
process.exit(await module.run(process.argv.slice(2)));
