// Generates the Prisma client into packages/database/src/generated.
// Usage: node scripts/prismaGenerate.mjs   (turbo runs it as the `generate` task)
//
// `prisma generate` downloads the schema engine although it does not use it. Any executable in its place will do, so
// Node itself stands in and nothing is fetched.
import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const require = createRequire(join(root, "packages/database/package.json"));
const cli = join(dirname(require.resolve("prisma/package.json")), "build/index.js");
const run = spawnSync(process.execPath, [cli, "generate", "--schema", "prisma/schema.prisma", "--no-hints"], {
  cwd: root,
  env: {
    ...process.env,
    PRISMA_SCHEMA_ENGINE_BINARY: process.execPath,
    PRISMA_HIDE_UPDATE_MESSAGE: "1",
    CHECKPOINT_DISABLE: "1",
  },
  encoding: "utf8",
});
if (run.status !== 0) {
  process.stderr.write(`${run.stdout ?? ""}${run.stderr ?? ""}${run.error ?? ""}\n`);
  process.exit(run.status ?? 1);
}
