import { readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { runners as calibrationRunners } from "./calibration/runners.ts";
import type { GoldenRunner } from "./goldenOutcome.ts";
import { runners as smoothingRunners } from "./smoothing/runners.ts";

const runners: ReadonlyMap<string, GoldenRunner> = new Map(
  Object.entries({ ...smoothingRunners, ...calibrationRunners }),
);

/** What one golden file gave. */
interface FileOutcome {
  readonly file: string;
  readonly entries: number;
  readonly passed: number;
  readonly failed: number;
  readonly largestError: number;
  readonly problems: readonly string[];
}

/** Runs every entry of every JSON file in a folder through the public functions; prints a table. */
export function runGolden(directory: string): number {
  const files = readdirSync(directory)
    .filter((name) => name.endsWith(".json"))
    .sort();
  const outcomes = files.map((name) => runFile(directory, name));
  const problems = outcomes.flatMap((outcome) => outcome.problems);
  console.log(
    `${"file".padEnd(18)}${"entries".padStart(9)}${"passed".padStart(9)}${"failed".padStart(9)}  largest error`,
  );
  for (const { file, entries, passed, failed, largestError } of outcomes) {
    const counts = [entries, passed, failed].map((count) => String(count).padStart(9)).join("");
    console.log(`${file.padEnd(18)}${counts}  ${largestError.toExponential(1)}`);
  }
  for (const problem of problems.slice(0, 50)) console.error(problem);
  if (problems.length > 50) console.error(`... and ${problems.length - 50} more`);
  if (files.length === 0) console.error(`no golden files in ${directory}`);
  return problems.length === 0 && files.length > 0 ? 0 : 1;
}

function runFile(directory: string, name: string): FileOutcome {
  const file = basename(name, ".json");
  const content = readCases(join(directory, name));
  if (typeof content === "string") {
    return { file, entries: 0, passed: 0, failed: 0, largestError: 0, problems: [`${file}: ${content}`] };
  }
  const { cases, count } = content;
  const run = runners.get(file);
  const problems: string[] = [];
  if (count !== undefined && count !== cases.length) problems.push(`${file}: count is ${count}, not ${cases.length}`);
  if (run === undefined) problems.push(`${file}: no runner knows this file`);
  let [passed, largestError] = [0, 0];
  for (const entry of run === undefined ? [] : cases) {
    const outcome = isEntry(entry) ? run!(entry) : { unknownKind: JSON.stringify(entry) };
    const id = `${file} ${isEntry(entry) ? String(entry["id"]) : "?"}`;
    if ("unknownKind" in outcome) problems.push(`${id}: unknown kind ${outcome.unknownKind}`);
    else {
      largestError = Math.max(largestError, outcome.largestError);
      if (outcome.passed) passed++;
      else problems.push(`${id}: ${outcome.problems.slice(0, 5).join("; ")}`);
    }
  }
  return { file, entries: cases.length, passed, failed: cases.length - passed, largestError, problems };
}

function isEntry(entry: unknown): entry is Readonly<Record<string, unknown>> {
  return typeof entry === "object" && entry !== null && !Array.isArray(entry);
}

/** The cases of a file, or in words why it has none. */
function readCases(path: string): { cases: readonly unknown[]; count: number | undefined } | string {
  let content: unknown;
  try {
    content = JSON.parse(readFileSync(path, "utf8"));
  } catch (error) {
    return `cannot be read: ${error instanceof Error ? error.message : String(error)}`;
  }
  if (!isEntry(content) || !Array.isArray(content["cases"])) return "has no list of cases";
  return { cases: content["cases"], count: content["count"] as number | undefined };
}
