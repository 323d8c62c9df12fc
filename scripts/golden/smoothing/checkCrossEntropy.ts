import { type CrossEntropyOptions, crossEntropy, type Nested, type Reduction } from "@smoothsweep/smoothing";
import { compareLoss } from "./compareLoss.ts";
import type { EntryCheck } from "./entryCheck.ts";

function optionsOf(check: EntryCheck): CrossEntropyOptions {
  const classWeights = check.read<readonly number[] | null>("classWeights");
  const ignoreIndex = check.read<number | null | undefined>("ignoreIndex") ?? null;
  return {
    labelSmoothing: check.read("labelSmoothing"),
    reduction: check.read<Reduction>("reduction"),
    ...(classWeights === null || classWeights === undefined ? {} : { classWeights }),
    ...(ignoreIndex === null ? {} : { ignoreIndex }),
  };
}

/** PyTorch's cross entropy with class indices. */
export function checkCrossEntropyIndex(check: EntryCheck): void {
  const logits = check.read<Nested>("logits");
  const targets = check.read<Nested>("targets");
  compareLoss(check, () => crossEntropy(logits, targets, optionsOf(check)));
}

/** PyTorch's cross entropy with probabilities. */
export function checkCrossEntropyProbability(check: EntryCheck): void {
  const logits = check.read<Nested>("logits");
  const targets = check.read<Nested>("targetProbabilities");
  compareLoss(check, () => crossEntropy(logits, targets, optionsOf(check)));
}
