import { spawnSync } from "node:child_process";
import { createRequire } from "node:module";
import { dirname, join } from "node:path";

/** Builds every package that changed since the last build; says nothing unless it takes long or fails. */
export function buildProduct(root) {
  const turbo = join(dirname(createRequire(join(root, "package.json")).resolve("turbo/package.json")), "bin/turbo");
  const args = [turbo, "run", "build", "--output-logs=errors-only", "--log-prefix=none"];
  const env = { ...process.env, TURBO_TELEMETRY_DISABLED: "1", DO_NOT_TRACK: "1", TURBO_NO_UPDATE_NOTIFIER: "1" };
  process.stderr.write("building what has changed ...\n");
  const run = spawnSync(process.execPath, args, { cwd: root, env, encoding: "utf8" });
  if (run.status === 0) return;
  process.stderr.write(`${run.stdout ?? ""}${run.stderr ?? ""}${run.error ?? ""}\nthe build failed\n`);
  process.exit(1);
}
