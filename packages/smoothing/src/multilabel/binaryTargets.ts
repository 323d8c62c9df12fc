import { checkChoice } from "../validation/checkChoice.ts";
import { checkClassCount } from "../validation/checkClassCount.ts";
import { checkRange } from "../validation/checkRange.ts";
import { type BinaryConventionName, binaryConventionNames } from "./binaryConvention.ts";

/** Smoothing of independent binary targets as the user writes it. */
export interface BinarySmoothingSpec {
  readonly convention: BinaryConventionName;
  /** s or e, in the units of the convention. */
  readonly epsilon: number;
}

/** What a smoothing makes of a binary label. */
export interface BinaryTargets {
  /** Target of a label that applies. */
  readonly positive: number;
  /** Target of a label that does not. */
  readonly negative: number;
  /** The `half` strength with the same targets; null where the two ends are pulled by different amounts. */
  readonly canonicalEpsilon: number | null;
  /** The confidence of a perfectly fitted model on a positive label. */
  readonly maxConfidence: number;
  /** Logit of the positive target: ln(t / (1-t)); Infinity for hard labels. */
  readonly stationaryLogitPositive: number;
  readonly stationaryLogitNegative: number;
  readonly stationaryLogitGap: number;
  /** The smallest reachable loss of one label, in nats. */
  readonly entropyFloorPositive: number;
  readonly entropyFloorNegative: number;
  /** Whether both targets are equal, the edge of the domain. */
  readonly isUniform: boolean;
}

/**
 * The targets of a smoothed binary label and their closed forms.
 *
 * | convention | positive | negative | canonical (half) epsilon |
 * |---|---|---|---|
 * | half | 1-s/2 | s/2 | s |
 * | flip | 1-e | e | 2e |
 * | softmax | 1-s+s/K | s/K | none |
 *
 * @param smoothing strength in [0, 1], for `flip` in [0, 1/2]
 * @param labelCount K, the number of labels, 1 or more (2 or more for `softmax`)
 * @returns targets, logits (natural) and entropies (nats) of one label
 * @throws ArgumentError `epsilon_out_of_range`, `invalid_argument`, `class_count_too_small`
 * @example binaryTargets({ convention: "flip", epsilon: 0.1 }, 5).positive; // 0.9
 * @see https://keras.io/api/losses/probabilistic_losses/ (half), https://github.com/huggingface/pytorch-image-models/blob/main/timm/loss/binary_cross_entropy.py (softmax)
 */
export function binaryTargets(smoothing: BinarySmoothingSpec, labelCount: number): BinaryTargets {
  checkBinary(smoothing, labelCount);
  const { convention, epsilon } = smoothing;
  const negative = { half: epsilon / 2, flip: epsilon, softmax: epsilon / labelCount }[convention];
  // 1 - positive, which keeps its digits where positive is nearly 1.
  const missing = convention === "softmax" ? (epsilon * (labelCount - 1)) / labelCount : negative;
  const positive = 1 - missing;
  const stationaryLogitPositive = logit(positive, missing);
  const stationaryLogitNegative = logit(negative, 1 - negative);
  return {
    positive,
    negative,
    canonicalEpsilon: convention === "softmax" ? null : 2 * negative,
    maxConfidence: positive,
    stationaryLogitPositive,
    stationaryLogitNegative,
    stationaryLogitGap: stationaryLogitPositive - stationaryLogitNegative,
    entropyFloorPositive: binaryEntropy(positive, missing),
    entropyFloorNegative: binaryEntropy(1 - negative, negative),
    isUniform: Math.abs(positive - negative) <= 1e-12,
  };
}

function checkBinary({ convention, epsilon }: BinarySmoothingSpec, labelCount: number): void {
  checkChoice("convention", convention, binaryConventionNames);
  if (convention === "softmax") checkClassCount(labelCount, "labelCount");
  checkRange("labelCount", labelCount, { min: 1 });
  checkRange("epsilon", epsilon, { min: 0, max: convention === "flip" ? 0.5 : 1, code: "epsilon_out_of_range" });
}

function logit(mass: number, rest: number): number {
  if (mass === 0) return Number.NEGATIVE_INFINITY;
  return rest === 0 ? Number.POSITIVE_INFINITY : Math.log(mass) - Math.log(rest);
}

/** -t ln t - (1-t) ln(1-t) for a near 1 and b = 1 - a. */
function binaryEntropy(a: number, b: number): number {
  return b === 0 || a === 0 ? 0 : -a * Math.log1p(-b) - b * Math.log(b);
}
