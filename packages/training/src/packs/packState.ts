import type { Tensor } from "@tensorflow/tfjs-core";
import type { TensorFlow } from "../engines/engine.ts";
import type { PackModel } from "../models/packModel.ts";
import type { MovingParameter } from "../optimizers/momentumSgd.ts";

/** The tensors that live through a pack: every parameter with its velocity, [P, ...shape] each. */
export interface PackState {
  readonly parameters: readonly MovingParameter[];
}

function tensorsOf(state: PackState): Tensor[] {
  return state.parameters.flatMap(({ value, velocity }) => [value, velocity]);
}

/** Frees a state's tensors. */
export function disposeState(tf: TensorFlow, state: PackState): void {
  tf.dispose(tensorsOf(state));
}

/** All copies start from the same values: trials of a group share their seed. */
export function initialState(tf: TensorFlow, model: PackModel, start: { seed: number; copies: number }): PackState {
  const parameters = model.initialValues(start.seed).map((values, index) => {
    const { shape } = model.shapes[index] as PackModel["shapes"][number];
    const stacked = new Float32Array(values.length * start.copies);
    for (let copy = 0; copy < start.copies; copy++) stacked.set(values, copy * values.length);
    const packed = [start.copies, ...shape];
    return { value: tf.tensor(stacked, packed), velocity: tf.zeros(packed) };
  });
  return { parameters };
}

/**
 * The state of the copies to keep; the old state is freed. The kept copies' numbers are copied unchanged, so dropping a
 * diverged trial leaves no trace in the others.
 */
export function keepCopies(tf: TensorFlow, state: PackState, kept: readonly number[]): PackState {
  const choose = (tensor: Tensor): Tensor => tf.tidy(() => tf.gather(tensor, tf.tensor1d([...kept], "int32")));
  const parameters = state.parameters.map(({ value, velocity }) => ({
    value: choose(value),
    velocity: choose(velocity),
  }));
  disposeState(tf, state);
  return { parameters };
}

/** For every copy, the sum of squares of all its parameters: not finite as soon as one of them is not. [P] */
export function squaredNorms(tf: TensorFlow, state: PackState): Float32Array {
  return tf.tidy(() => {
    const perParameter = state.parameters.map(({ value }) => {
      const copies = value.shape[0] as number;
      return tf.sum(tf.square(tf.reshape(value, [copies, -1])), 1);
    });
    return tf.addN(perParameter).dataSync<"float32">() as Float32Array;
  });
}
