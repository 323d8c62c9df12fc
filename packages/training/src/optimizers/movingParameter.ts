import type { Tensor } from "@tensorflow/tfjs-core";

/** A parameter with what its optimiser remembers of it; all of the same shape. A type, so that tidy can look into it. */
export type MovingParameter = {
  readonly value: Tensor;
  /** Velocity of momentum; first and second moments of Adam. */
  readonly memories: Tensor[];
};
