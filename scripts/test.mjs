// Runs every test: unit, integration, end to end, browser. Builds what has changed first.
// Usage: node scripts/test.mjs [VITEST ARGUMENTS]     (npm test, npm test -- --project unit)
//
// Says what was not run and why, and ends with the line "N passed, N failed, N skipped".
import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildProduct } from "./buildProduct.mjs";

const root = join(dirname(fileURLToPath(import.meta.url)), "..");
buildProduct(root);

const reports = mkdtempSync(join(tmpdir(), "smoothsweep-report-"));
const reportFile = join(reports, "vitest.json");
const vitest = join(dirname(createRequire(join(root, "package.json")).resolve("vitest/package.json")), "vitest.mjs");
const reporters = ["--reporter=default", "--reporter=json", `--outputFile.json=${reportFile}`];
const run = spawnSync(process.execPath, [vitest, "run", ...reporters, ...process.argv.slice(2)], {
  cwd: root,
  stdio: "inherit",
});

const report = readReport();
const skipped = report.testResults.flatMap(({ assertionResults }) =>
  assertionResults.filter(({ status }) => status !== "passed" && status !== "failed"),
);
for (const { fullName } of skipped) console.log(`skipped: ${fullName}`);
// A file that does not load has no tests to count, and an unhandled error belongs to none: both are failures.
const brokenFiles = report.testResults.filter(
  ({ status, assertionResults }) => status === "failed" && !assertionResults.some(({ status }) => status === "failed"),
);
let failed = report.numFailedTests + brokenFiles.length;
if (failed === 0 && run.status !== 0) failed = 1;
console.log(`${report.numPassedTests} passed, ${failed} failed, ${skipped.length} skipped`);
process.exit(failed === 0 && report.numPassedTests > 0 ? 0 : 1);

function readReport() {
  try {
    return JSON.parse(readFileSync(reportFile, "utf8"));
  } catch {
    return { testResults: [], numFailedTests: 1, numPassedTests: 0 };
  } finally {
    rmSync(reports, { recursive: true, force: true });
  }
}
