import { EntryCheck } from "./entryCheck.ts";
import type { GoldenOutcome } from "./goldenOutcome.ts";

/** Runs the comparisons of one entry; an error that a function throws is a problem of the entry, not of the run. */
export function checkEntry(entry: unknown, compare: (check: EntryCheck) => void): GoldenOutcome {
  const check = new EntryCheck(entry);
  try {
    compare(check);
  } catch (error) {
    check.fail(`threw ${String(error)}`);
    const outcome = check.outcome();
    return "unknownKind" in outcome ? outcome : { ...outcome, problems: outcome.problems.slice(0, 3) };
  }
  return check.outcome();
}
