// Runs a benchmark program. Timings are ratios within one run, because machines are noisy.
// Usage: node scripts/bench.mjs NAME [ARGUMENTS]     (npm run bench -- NAME); without a name: lists them
import { existsSync, readdirSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { runnerImport } from "vite";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const [name, ...programArguments] = process.argv.slice(2);
const program = join(root, "bench", `${name}.ts`);
if (name === undefined || !existsSync(program)) {
  const names = readdirSync(join(root, "bench")).map((file) => file.replace(/\.ts$/, ""));
  console.error(`usage: npm run bench -- NAME, where NAME is one of: ${names.join(", ")}`);
  process.exit(name === undefined ? 0 : 2);
}
// Loaded from source, on any Node; dependencies are left to Node.
const { module } = await runnerImport(program, {
  root,
  configFile: false,
  logLevel: "error",
  environments: { inline: { resolve: { conditions: ["source"], noExternal: [/^@smoothsweep\//] } } },
});
await module.run(programArguments);
process.exit(0);
