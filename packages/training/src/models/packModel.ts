import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";

/** One parameter of a model: its shape without the pack axis. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What the loss says about a batch of logits: see `softCrossEntropy`. */
export interface LogitLoss {
  /** [P, rows] */
  readonly losses: Tensor;
  /** [P, rows, classes]: derivative of the loss with respect to the logits. */
  readonly gradient: Tensor3D;
}

/** A training step's result: losses per trial and row, and one gradient per parameter, in the order of `shapes`. */
export interface PackGradients {
  readonly losses: Tensor;
  readonly gradients: readonly Tensor[];
}

/**
 * A model of which P copies are trained at once. Every parameter has a leading pack axis: [P, ...shape]. Inputs are
 * shared by all copies. No operation mixes copies, so a copy's numbers do not depend on the others (law 6).
 *
 * Functions are synchronous and must run in the caller's tidy scope.
 */
export interface PackModel {
  readonly shapes: readonly ParameterShape[];
  /** The initial value of every parameter (one copy); a function of the seed alone. */
  initialValues(seed: number): Float32Array[];
  /** Logits [P, rows, classes] of inputs [rows, features]. */
  predict(parameters: readonly Tensor[], inputs: Tensor2D): Tensor3D;
  /** Forward and backward pass. The gradients carry whatever factor the loss put into its own gradient. */
  gradients(parameters: readonly Tensor[], inputs: Tensor2D, loss: (logits: Tensor3D) => LogitLoss): PackGradients;
}

/** Sizes that the data decide. */
export interface DataSizes {
  readonly featureCount: number;
  readonly classCount: number;
}
