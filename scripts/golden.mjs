// Runs golden reference numbers through the public functions of the smoothing and calibration packages.
// Usage: node scripts/golden.mjs [--dir DIR]   (npm run golden -- --dir DIR)
// DIR defaults to ../shared/golden when present, else to packages/testkit/golden. Exits 1 when any entry fails.
import { existsSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { runnerImport } from "vite";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const { values } = parseArgs({ options: { dir: { type: "string" } } });
const shared = join(root, "../shared/golden");
const kept = join(root, "packages/testkit/golden");
const directory = values.dir === undefined ? (existsSync(shared) ? shared : kept) : resolve(values.dir);
if (!existsSync(directory)) {
  console.error(`there is no folder ${directory}`);
  process.exit(1);
}

// The packages are TypeScript and need no build: vite loads them from source, on any Node.
const fromSource = { conditions: ["source"], noExternal: [/^@smoothsweep\//] };
const { module } = await runnerImport(join(root, "scripts/golden/main.ts"), {
  root,
  configFile: false,
  logLevel: "error",
  environments: { inline: { resolve: fromSource } },
});
console.log(`golden files of ${directory}`);
process.exitCode = module.runGolden(directory);
