import {
  bceWithLogits,
  meanSquaredError,
  sampleWeightedCrossEntropy,
  smoothBinaryLabels,
  targetRow,
} from "@smoothsweep/smoothing";
import { compareLoss } from "./compareLoss.ts";
import type { EntryCheck } from "./entryCheck.ts";
import { binaryConventions } from "./names.ts";
import { planOf } from "./planOf.ts";

type Rows = readonly (readonly number[])[];

/** Binary cross entropy on smoothed labels. */
export function checkBceWithLogits(check: EntryCheck): void {
  const convention = binaryConventions[check.read<string>("convention")]!;
  const epsilon = check.read<number>("epsilon");
  const targets = check.read<Rows>("labels").map((labels) => smoothBinaryLabels(labels, { convention, epsilon }));
  check.near("smoothedTargets", targets);
  const posWeight = check.read<readonly number[] | null>("posWeight") ?? null;
  const reduction = check.read<"mean" | "sum" | "none">("reduction");
  const options = posWeight === null ? { reduction } : { reduction, posWeight };
  compareLoss(check, () => bceWithLogits(check.read<Rows>("logits"), targets, options));
}

function smoothedTargets(check: EntryCheck): Float64Array[] {
  const spec = { convention: check.read<string>("convention"), epsilon: check.read<number>("epsilon") };
  const plan = planOf(spec, { classCount: check.read<Rows>("logits")[0]!.length });
  const targets = check.read<readonly number[]>("targets").map((label) => targetRow(plan, label));
  check.near("targetProbabilities", targets);
  return targets;
}

/** Squared error of softmax or linear output. */
export function checkMeanSquaredError(check: EntryCheck): void {
  const targets = smoothedTargets(check);
  const output = check.read<"softmax" | "linear">("output");
  const reduction = check.read<"meanOverElements" | "meanOverSamples">("reduction");
  compareLoss(check, () => meanSquaredError(check.read<Rows>("logits"), targets, { output, reduction }));
}

/** Cross entropy with a weight for each whole example. */
export function checkSampleWeighted(check: EntryCheck): void {
  const targets = smoothedTargets(check);
  const reduction = check.read<"mean" | "weightedMean" | "sum">("reduction");
  const classWeights = check.read<readonly number[]>("classWeights");
  const labels = check.read<readonly number[]>("targets");
  compareLoss(check, () =>
    sampleWeightedCrossEntropy(check.read<Rows>("logits"), labels, { targets, classWeights, reduction }),
  );
}
