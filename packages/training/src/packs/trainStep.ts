import type { Tensor, Tensor2D } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { PackModel } from "../models/packModel.ts";
import { clipGradients, sumsOfSquares } from "../optimizers/gradientNorms.ts";
import { type CopyStep, updateParameter } from "../optimizers/updateParameter.ts";
import type { LossSettings } from "../settings/lossSettings.ts";
import type { LossBatch } from "./lossBatch.ts";
import { lossOfBatch } from "./lossOfBatch.ts";
import { disposeState, type PackState } from "./packState.ts";

/** What one step needs besides the state. */
export interface StepInputs {
  readonly model: PackModel;
  /** rows x features */
  readonly inputs: Float32Array;
  readonly rowCount: number;
  readonly batch: LossBatch;
  /** What each copy minimises and how it moves, in the order of the pack axis. */
  readonly losses: readonly LossSettings[];
  readonly copies: readonly CopyStep[];
  /** Counted from 1, over all epochs. */
  readonly count: number;
  /** One per dropout position of the model, see `PackModel.dropoutShapes`; empty without dropout. */
  readonly masks: readonly Float32Array[];
  /** Whether the logits and the gradient's norm are wanted. */
  readonly wanted: { readonly logits: boolean; readonly gradientNorm: boolean };
}

/** A type, not an interface: tidy keeps only tensors in plain containers, which TypeScript infers for types alone. */
type Pass = {
  /** One per parameter, as the optimiser takes it. */
  gradients: Tensor[];
  /**
   * Losses of the batch summed over its rows, [P]; then the cross entropies, where they are not what is minimised, and
   * the entropies of the targets, where rows were mixed.
   */
  lossSums: Tensor[];
  /** [P, rows, classes] and [P], where wanted. */
  logits: Tensor[];
  gradientSquares: Tensor[];
};

/** The next state, and what the batch tells; its tensors are the caller's. */
export interface StepResult extends Omit<Pass, "gradients"> {
  readonly state: PackState;
}

function maskTensors(tf: TensorFlow, { model, masks, rowCount }: StepInputs): Tensor[] {
  const shapes = model.dropoutShapes(rowCount);
  return masks.map((values, index) => tf.tensor(values, [1, ...(shapes[index]?.shape ?? [])]));
}

/** Gradients as the optimiser takes them, and the squares of their norms before clipping, where anyone needs them. */
function boundedGradients(
  tf: TensorFlow,
  gradients: readonly Tensor[],
  { copies, wanted }: StepInputs,
): { gradients: readonly Tensor[]; squares: Tensor[] } {
  const normMaxima = copies.map(({ training }) => training.gradientNormMax ?? Infinity);
  const isBounded = normMaxima.some(Number.isFinite);
  if (!isBounded && !wanted.gradientNorm) return { gradients, squares: [] };
  const squares = sumsOfSquares(tf, gradients);
  const bounded = isBounded ? clipGradients(tf, gradients, { squares, normMaxima }) : gradients;
  return { gradients: bounded, squares: wanted.gradientNorm ? [squares] : [] };
}

function passOverBatch(tf: TensorFlow, state: PackState, step: StepInputs): Pass {
  const { batch, losses } = step;
  const inputs: Tensor2D = tf.tensor2d(step.inputs, [step.rowCount, step.inputs.length / step.rowCount]);
  const values = state.parameters.map(({ value }) => value);
  const pass = step.model.gradients(values, inputs, {
    loss: (logits) => ({ ...lossOfBatch(tf, logits, { batch, losses }), logits }),
    masks: maskTensors(tf, step),
  });
  const { gradients, squares } = boundedGradients(tf, pass.gradients, step);
  const { losses: rowLosses, crossEntropies, entropies, logits } = pass.loss;
  const distinct = crossEntropies === rowLosses && !entropies ? [rowLosses] : [rowLosses, crossEntropies];
  if (entropies) distinct.push(entropies);
  return {
    gradients: [...gradients],
    lossSums: distinct.map((rows) => tf.sum(rows, -1)),
    logits: step.wanted.logits ? [logits] : [],
    gradientSquares: squares,
  };
}

/**
 * The next state; the old one can only be freed afterwards. Nothing else of the step may be alive that shares its memory,
 * such as a reshaped weight, else the optimiser has to copy what it could change in place.
 */
function updatedState(
  tf: TensorFlow,
  state: PackState,
  step: StepInputs & { gradients: readonly Tensor[] },
): PackState {
  const { gradients, copies, count } = step;
  // The outer scope frees what was made so far where memory ends in the middle.
  const parameters = tf.tidy(() =>
    state.parameters.map((parameter, index) =>
      tf.tidy(() => updateParameter(tf, parameter, { gradient: gradients[index] as Tensor, copies, count })),
    ),
  );
  return { parameters };
}

/** One batch: forward, backward, update. The old state is freed; the result's tensors are the caller's. */
export function trainStep(tf: TensorFlow, state: PackState, step: StepInputs): StepResult {
  const { gradients, ...told }: Pass = tf.tidy(() => passOverBatch(tf, state, step));
  try {
    const next = updatedState(tf, state, { ...step, gradients });
    disposeState(tf, state);
    return { ...told, state: next };
  } catch (error) {
    tf.dispose(Object.values(told).flat());
    throw error;
  } finally {
    tf.dispose(gradients);
  }
}
