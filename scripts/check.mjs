// Everything that can be said of the code without running it: generated code, types, lint and format, import rules, dead code.
// Usage: node scripts/check.mjs     (npm run check)
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const checks = [
  ["types", ["turbo", "run", "typecheck", "--output-logs=errors-only", "--log-prefix=none"]],
  ["types of tests and scripts", ["tsc", "--noEmit", "-p", "tsconfig.json"]],
  ["lint and format", ["biome", "check", "--error-on-warnings", "."]],
  ["import rules", ["vitest", "run", "--project", "unit", "test/architecture", "--reporter=dot"]],
  ["dead code", ["knip"]],
];
let failed = 0;
for (const [name, command] of checks) {
  const run = spawnSync("npx", ["--no-install", ...command], {
    cwd: root,
    encoding: "utf8",
    env: { ...process.env, TURBO_TELEMETRY_DISABLED: "1" },
  });
  console.log(`${run.status === 0 ? "ok  " : "FAIL"} ${name}`);
  if (run.status === 0) continue;
  failed += 1;
  console.log(`${run.stdout}${run.stderr}`);
}
process.exit(failed === 0 ? 0 : 1);
