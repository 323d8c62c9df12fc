import type { TrainingSpec } from "@smoothsweep/contracts";
import type { LossSettings } from "./lossSettings.ts";

/** Update rules. Formulas: `src/optimizers`. */
export type OptimizerSettings =
  | {
      readonly kind: "sgd";
      readonly learningRate: number;
      /** 0 is plain gradient descent. */
      readonly momentum: number;
      /** Looks ahead along the velocity; not used when left out. */
      readonly nesterov?: boolean | undefined;
    }
  | {
      /** `adam` adds weight decay to the gradient, `adamw` takes it from the weights themselves. */
      readonly kind: "adam" | "adamw";
      readonly learningRate: number;
      readonly beta1: number;
      readonly beta2: number;
      /** Added to the root of the second moment. */
      readonly stability: number;
    };

/** How the trials of a pack are trained. What is left out is not used; see {@link LossSettings} for the loss. */
export interface TrainingSettings extends Pick<TrainingSpec, "epochs" | "batchSize"> {
  readonly optimizer: OptimizerSettings;
  readonly schedule: "constant" | "cosine" | "step";
  /** Epochs in which the learning rate rises linearly from nearly 0, before the schedule begins. */
  readonly warmUpEpochs?: number | undefined;
  /** L2 penalty, as PyTorch's `weight_decay`: on all parameters. */
  readonly weightDecay?: number | undefined;
  /** L1 penalty on all parameters. */
  readonly l1Penalty?: number | undefined;
  /** Largest Euclidean norm of a trial's whole gradient; a longer one is shortened to it. */
  readonly gradientNormMax?: number | undefined;
  /** Share of hidden units left out in a training step, in [0, 1). */
  readonly dropout?: number | undefined;
  /** alpha of Mixup: a batch's rows are mixed in pairs, with a share drawn from Beta(alpha, alpha). 0 mixes nothing. */
  readonly mixup?: number | undefined;
  /** Whether the outcome has the logits of the training rows too. */
  readonly storeTrainLogits?: boolean | undefined;
  readonly loss?: LossSettings | undefined;
}
