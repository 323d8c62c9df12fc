import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../../engines/engine.ts";
import type { RandomStream } from "../../randomness/randomStream.ts";
import type { ParameterShape } from "../packModel.ts";

/** A parameter of a layer: its shape without the pack axis, and how one copy begins. */
export interface LayerParameter extends ParameterShape {
  /** Initial values, row-major; drawn from a stream that belongs to the seed and this parameter's name alone. */
  initial(random: RandomStream): Float32Array;
}

/** What a layer computes with. */
export interface LayerCall {
  readonly tf: TensorFlow;
  /** The layer's own parameters, in the order of `parameters`, each [P, ...shape]. */
  readonly parameters: readonly Tensor[];
  /** [P, ...], or [1, ...] where all copies share them: the inputs of a model's first layer. */
  readonly inputs: Tensor;
  /** Factors of the layer's dropout places, [1, ...shape] each; empty without dropout. */
  readonly masks: readonly Tensor[];
  /** For text: 1 where a row has a token and 0 where it is filled up, [1, rows, length]; left out where all are tokens. */
  readonly presence?: Tensor | undefined;
}

/** Derivatives of the loss with respect to what a layer was called with. */
export interface LayerGradients {
  /** Of the inputs; null where nothing before the layer can learn, such as token ids and shared inputs. */
  readonly inputs: Tensor | null;
  /** Of the parameters, in their order, [P, ...shape] each. */
  readonly parameters: readonly Tensor[];
}

/** What a layer computed, and the way back. */
export interface LayerPass {
  /** [P, ...] */
  readonly outputs: Tensor;
  /** Derivatives, given that of the loss with respect to `outputs`. Called at most once, in the same tidy scope. */
  backward(gradient: Tensor): LayerGradients;
}

/**
 * A differentiable part of a model, of which P copies are computed at once. Forward and backward are written out, without
 * a gradient tape: what is computed is what is read here, and derivatives that nobody needs are not computed.
 *
 * Laws: no operation mixes copies, so that a copy's numbers do not depend on the others (law 6 of the design); a layer has
 * no state, all of it is in the call; everything runs in the caller's tidy scope.
 */
export interface Layer {
  readonly parameters: readonly LayerParameter[];
  /** Where dropout acts, for so many rows; one mask per place, shared by all copies. */
  dropoutShapes(rows: number): readonly ParameterShape[];
  apply(call: LayerCall): LayerPass;
}

/** No place for dropout. */
export const noDropout = (): readonly ParameterShape[] => [];
