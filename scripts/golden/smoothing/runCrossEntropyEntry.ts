import type { GoldenOutcome } from "../goldenOutcome.ts";
import { checkCrossEntropyIndex, checkCrossEntropyProbability } from "./checkCrossEntropy.ts";
import { checkEntry } from "./checkEntry.ts";
import {
  checkConfidencePenalty,
  checkFocal,
  checkLdam,
  checkLogitAdjusted,
  checkMarginLabelSmoothing,
  checkMaxSup,
} from "./checkLogitLosses.ts";
import { checkBceWithLogits, checkMeanSquaredError, checkSampleWeighted } from "./checkTargetLosses.ts";
import type { EntryCheck } from "./entryCheck.ts";

const checks: Readonly<Record<string, (check: EntryCheck) => void>> = {
  crossEntropyIndex: checkCrossEntropyIndex,
  crossEntropyProbability: checkCrossEntropyProbability,
  bceWithLogits: checkBceWithLogits,
  meanSquaredError: checkMeanSquaredError,
  focal: checkFocal,
  confidencePenalty: checkConfidencePenalty,
  marginLabelSmoothing: checkMarginLabelSmoothing,
  maxSup: checkMaxSup,
  logitAdjusted: checkLogitAdjusted,
  ldam: checkLdam,
  sampleWeightedCrossEntropy: checkSampleWeighted,
};

/** Runs one entry of cross_entropy.json. */
export function runCrossEntropyEntry(entry: unknown): GoldenOutcome {
  const { kind } = entry as { kind: string };
  const compare = checks[kind];
  return compare === undefined ? { unknownKind: kind } : checkEntry(entry, compare);
}
