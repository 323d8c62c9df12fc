import type { GoldenOutcome } from "../goldenOutcome.ts";
import { refusal } from "../refusal.ts";
import { EntryCheck } from "./entryCheck.ts";

/**
 * Runs the comparisons of one entry; an error that a function throws is a problem of the entry, not of the run. An entry
 * that is marked invalid passes when, and only when, a function refuses it with the typed error.
 */
export function checkEntry(entry: unknown, compare: (check: EntryCheck) => void): GoldenOutcome {
  const check = new EntryCheck(entry);
  if (check.isInvalid) return refusal(() => compare(check));
  try {
    compare(check);
  } catch (error) {
    check.fail(`threw ${String(error)}`);
    const outcome = check.outcome();
    return "unknownKind" in outcome ? outcome : { ...outcome, problems: outcome.problems.slice(0, 3) };
  }
  return check.outcome();
}
