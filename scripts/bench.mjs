// Runs a benchmark program. Timings are ratios within one run, because machines are noisy.
// Usage: node scripts/bench.mjs NAME [ARGUMENTS]     (npm run bench -- NAME); without a name: lists them
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";
import { buildProduct } from "./buildProduct.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [name, ...programArguments] = process.argv.slice(2);
const program = join(root, "bench", `${name}.ts`);
if (name === undefined || !existsSync(program)) {
  const files = readdirSync(join(root, "bench")).filter((file) => file.endsWith(".ts"));
  const names = files.map((file) => file.replace(/\.ts$/, ""));
  console.error(`usage: npm run bench -- NAME, where NAME is one of: ${names.join(", ")}`);
  process.exit(name === undefined ? 0 : 2);
}
buildProduct(root);
// The program itself is TypeScript; the packages it measures are the built ones, as users run them.
const { module } = await runnerImport(program, { root, configFile: false, logLevel: "error" });
await module.run(programArguments);
process.exit(0);
