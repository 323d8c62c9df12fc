import type { SmoothingSpec } from "../conventions/smoothingSpec.ts";
import type { Mixing } from "../mixing/mixing.ts";
import type { SamplingPlan } from "../sampling/samplingSpec.ts";
import type { StrategySpec } from "../strategies/strategySpec.ts";
import type { EpsilonSchedule } from "../strengths/epsilonSchedule.ts";
import type { PerClass } from "./perClass.ts";

/**
 * What the loss really sees, in canonical form. The target row of true class y is
 *
 *   q = S_y ((1 - e_y) onehot_y + e_y u(.|y))
 *
 * whatever the convention it was written in, and the loss of an example is w_y x CE(q, softmax(z + offset)).
 * A plan is plain JSON and O(K) in size unless its mixing really is a matrix.
 */
export interface TargetPlan {
  /** K. */
  readonly classCount: number;
  /** The smoothing and the strategy as the user wrote them. */
  readonly smoothing: SmoothingSpec;
  readonly strategy: StrategySpec;
  /** e_y, relative to `mixing`. With uniform mixing this is the uniform-equivalent epsilon. May exceed 1 for a prior. */
  readonly epsilon: PerClass;
  /** u(.|y). */
  readonly mixing: Mixing;
  /** S_y: 1 in every normalised convention, 0 in the row of a padding class. */
  readonly rowSum: PerClass;
  /** Factor on e_y over the epochs; null when it stays 1. */
  readonly schedule: EpsilonSchedule | null;
  /** w_y, a factor on the loss of an example of class y. The mean over a batch divides by its size. */
  readonly sampleWeight: PerClass;
  /** PyTorch's `weight`: a factor on each class's term of the loss, which changes the optimum; null when not used. */
  readonly classTermWeight: PerClass | null;
  /** Weights that replace `sampleWeight` from an epoch on (deferred reweighting); null when not used. */
  readonly deferredWeight: { readonly startEpoch: number; readonly sampleWeight: PerClass } | null;
  /** How examples are drawn; null for each once per epoch. */
  readonly sampling: SamplingPlan | null;
  /** Added to the logits in training; null when not used. */
  readonly logitOffset: readonly number[] | null;
  /** Added to the logits at prediction; null when not used. */
  readonly postHocOffset: readonly number[] | null;
  /** LDAM: the loss sees scale x (z - margin_y on the true class); null when not used. */
  readonly margin: { readonly perClass: PerClass; readonly scale: number } | null;
}
