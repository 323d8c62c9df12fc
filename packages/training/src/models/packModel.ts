import type { InputShape } from "@smoothsweep/contracts";
import type { Tensor, Tensor2D, Tensor3D } from "@tensorflow/tfjs-core";

/** One parameter of a model: its shape without the pack axis. */
export interface ParameterShape {
  readonly name: string;
  readonly shape: readonly number[];
}

/** What the loss says about a batch of logits: see `lossOfBatch`. */
export interface LogitLoss {
  /** [P, examples, classes]: derivative of the loss with respect to the logits. */
  readonly gradient: Tensor3D;
}

/** A training step's result: what the loss said, and one gradient per parameter, in the order of `shapes`. */
export interface PackGradients<Loss extends LogitLoss> {
  readonly loss: Loss;
  readonly gradients: readonly Tensor[];
}

/** What a backward pass needs besides parameters and inputs. */
export interface TrainingPass<Loss extends LogitLoss> {
  /** Called once, with logits [P, examples, classes]. */
  readonly loss: (logits: Tensor3D) => Loss;
  /** Factors on hidden activations, [1, ...shape] for each of `dropoutShapes`; empty without dropout. */
  readonly masks: readonly Tensor[];
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
  /** Logits [P, examples, classes] of inputs [rows, features]; an example is a row, or for language a token. */
  predict(parameters: readonly Tensor[], inputs: Tensor2D): Tensor3D;
  /** The most rows of one call of `predict`, where memory asks for a bound of the model's own. */
  readonly predictedRowsMax?: number | undefined;
  /** Forward and backward pass. The gradients carry whatever factor the loss put into its own gradient. */
  gradients<Loss extends LogitLoss>(
    parameters: readonly Tensor[],
    inputs: Tensor2D,
    pass: TrainingPass<Loss>,
  ): PackGradients<Loss>;
  /** Where dropout acts: one mask per place, shared by all copies. */
  dropoutShapes(rows: number): readonly ParameterShape[];
  /** Index of the last layer's weights in `shapes`. */
  readonly lastWeights: number;
}

/** Sizes that the data decide. */
export interface DataSizes {
  readonly inputShape: InputShape;
  readonly classCount: number;
}
