// Writes docs/reference from the docstrings of the public functions of smoothing and calibration.
// Usage: node scripts/reference.mjs     (npm run reference)
//
// TypeDoc needs TypeScript 6, the repository compiles with 7: both are fetched for this command alone.
import { spawnSync } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
const packages = ["typedoc@0.28.20", "typedoc-plugin-markdown@4.14.1", "typescript@6.0.3"];
for (const name of ["smoothing", "calibration"]) {
  const typedoc = [
    ["--plugin", "typedoc-plugin-markdown"],
    ["--tsconfig", `packages/${name}/tsconfig.json`],
    ["--entryPoints", `packages/${name}/src/index.ts`],
    ["--out", `docs/reference/${name}`],
    ["--readme", `packages/${name}/README.md`],
    ["--name", `@smoothsweep/${name}`],
    ["--disableSources", "--hideGenerator", "--hideBreadcrumbs", "--skipErrorChecking"],
    ["--outputFileStrategy", "modules"],
    ["--logLevel", "Warn"],
  ].flat();
  const args = ["exec", "--yes", ...packages.map((spec) => `--package=${spec}`), "--", "typedoc", ...typedoc];
  const run = spawnSync("npm", args, { cwd: root, stdio: "inherit" });
  if (run.status !== 0) process.exit(run.status ?? 1);
}
