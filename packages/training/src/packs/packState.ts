import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import { readTensor } from "../engines/readTensor.ts";
import type { PackModel } from "../models/packModel.ts";
import { sumsOfSquares } from "../optimizers/gradientNorms.ts";
import type { MovingParameter } from "../optimizers/movingParameter.ts";

/** The tensors that live through a pack: every parameter with its optimiser's memories, [P, ...shape] each. */
export interface PackState {
  readonly parameters: readonly MovingParameter[];
}

/** Frees a state's tensors. */
export function disposeState(tf: TensorFlow, state: PackState): void {
  tf.dispose(state.parameters.flatMap(({ value, memories }) => [value, ...memories]));
}

/** All copies start from the same values: trials of a group share their seed. Memories start at 0. */
export function initialState(
  tf: TensorFlow,
  model: PackModel,
  start: { seed: number; copies: number; memories: number },
): PackState {
  const stack = (values: Float32Array, index: number): MovingParameter => {
    const { shape } = model.shapes[index] as PackModel["shapes"][number];
    const stacked = new Float32Array(values.length * start.copies);
    for (let copy = 0; copy < start.copies; copy++) stacked.set(values, copy * values.length);
    const packed = [start.copies, ...shape];
    const memories = Array.from({ length: start.memories }, () => tf.zeros(packed));
    return { value: tf.tensor(stacked, packed), memories };
  };
  // Where memory ends in the middle, what was made so far is freed.
  const parameters = tf.tidy(() => model.initialValues(start.seed).map(stack));
  return { parameters };
}

/**
 * The state of the copies to keep; the old state is freed. The kept copies' numbers are copied unchanged, so dropping a
 * diverged trial leaves no trace in the others.
 */
export function keepCopies(tf: TensorFlow, state: PackState, kept: readonly number[]): PackState {
  const choose = (tensor: Tensor): Tensor => tf.tidy(() => tf.gather(tensor, tf.tensor1d([...kept], "int32")));
  const parameters = state.parameters.map(({ value, memories }) => ({
    value: choose(value),
    memories: memories.map(choose),
  }));
  disposeState(tf, state);
  return { parameters };
}

/** Euclidean norms of every copy's weights; not finite as soon as one of them is not. */
export interface WeightNorms {
  /** Over all parameters, [P]. */
  readonly all: Float32Array;
  /** Over the weights of the last layer, without biases, [P]. */
  readonly lastLayer: Float32Array;
}

export async function weightNorms(tf: TensorFlow, model: PackModel, state: PackState): Promise<WeightNorms> {
  const values = state.parameters.map(({ value }) => value);
  const norms = async (tensors: readonly Tensor[]) => (await readTensor(sumsOfSquares(tf, tensors))).map(Math.sqrt);
  return { all: await norms(values), lastLayer: await norms([values[model.lastWeights] as Tensor]) };
}
