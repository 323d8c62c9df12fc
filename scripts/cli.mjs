// Builds what has changed, then runs the command line.
// Usage: node scripts/cli.mjs COMMAND [OPTIONS]   (npm run demo, npm start, npm run smoothsweep -- COMMAND)
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildProduct } from "./buildProduct.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
buildProduct(root);
process.argv.splice(1, 1, join(root, "apps/cli/dist/main.js"));
await import("../apps/cli/dist/main.js");
