import type { TrainingSpec } from "@smoothsweep/contracts";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { softCrossEntropy } from "../losses/softCrossEntropy.ts";
import type { PackModel } from "../models/packModel.ts";
import { type MovingParameter, momentumStep } from "../optimizers/momentumSgd.ts";
import { disposeState, type PackState } from "./packState.ts";

/** What one step needs besides the state. */
export interface StepInputs {
  readonly model: PackModel;
  /** rows x features */
  readonly inputs: Float32Array;
  /** P x rows x classes */
  readonly targets: Float32Array;
  readonly sizes: { readonly copies: number; readonly rows: number; readonly classCount: number };
  readonly training: TrainingSpec;
  readonly learningRate: number;
}

/** The next state, and the losses of the batch summed over its rows, [P]. */
export interface StepResult {
  readonly state: PackState;
  readonly lossSums: Tensor;
}

/** A type, not an interface: tidy keeps only tensors in plain containers, which TypeScript infers for types alone. */
type Updated = { parameters: MovingParameter[]; lossSums: Tensor };

/** One batch: forward, backward, update. The old state is freed; the result's tensors are the caller's. */
export function trainStep(tf: TensorFlow, state: PackState, step: StepInputs): StepResult {
  const { model, sizes, training, learningRate } = step;
  const { momentum } = training.optimizer;
  const next: Updated = tf.tidy(() => {
    const inputs: Tensor2D = tf.tensor2d(step.inputs, [sizes.rows, step.inputs.length / sizes.rows]);
    const targets: Tensor3D = tf.tensor3d(step.targets, [sizes.copies, sizes.rows, sizes.classCount]);
    const values = state.parameters.map(({ value }) => value);
    const { losses, gradients } = model.gradients(values, inputs, (logits) => {
      const loss = softCrossEntropy(tf, { logits, targets });
      // The step follows the mean over the batch.
      return { losses: loss.losses, gradient: tf.div(loss.gradient, sizes.rows) };
    });
    const parameters = state.parameters.map((parameter, index) =>
      momentumStep(tf, parameter, { gradient: gradients[index] as Tensor, learningRate, momentum }),
    );
    return { parameters, lossSums: tf.sum(losses, -1) };
  });
  disposeState(tf, state);
  return { state: { parameters: next.parameters }, lossSums: next.lossSums };
}
