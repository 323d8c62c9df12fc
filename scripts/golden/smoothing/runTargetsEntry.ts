import type { GoldenOutcome } from "../goldenOutcome.ts";
import { checkEntry } from "./checkEntry.ts";
import { checkHierarchicalExp, checkLevelMixture } from "./checkHierarchies.ts";
import { checkLabelAware, checkPrior, checkTeacher } from "./checkMixings.ts";
import { checkMultiLabel } from "./checkMultiLabel.ts";
import { checkSingleLabel } from "./checkSingleLabel.ts";
import type { EntryCheck } from "./entryCheck.ts";

const checks: Readonly<Record<string, (check: EntryCheck) => void>> = {
  singleLabel: checkSingleLabel,
  multiLabel: checkMultiLabel,
  classPrior: checkPrior,
  inversePrior: checkPrior,
  teacher: checkTeacher,
  labelAware: checkLabelAware,
  hierarchicalExp: checkHierarchicalExp,
  levelMixture: checkLevelMixture,
};

/** Runs one entry of targets.json. */
export function runTargetsEntry(entry: unknown): GoldenOutcome {
  const { kind } = entry as { kind: string };
  const compare = checks[kind];
  return compare === undefined ? { unknownKind: kind } : checkEntry(entry, compare);
}
