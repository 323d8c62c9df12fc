import type { TrainingSpec } from "@smoothsweep/contracts";

/**
 * The learning rate of one step.
 *
 *     constant: lr          cosine: lr (1 + cos(pi t / T)) / 2,  t = 0 .. T-1
 *
 * The first step has the full rate; the last one is above zero, so that no step is wasted.
 *
 * @param step t, counted over all epochs from 0
 * @param stepCount T, the steps of the whole training
 * @see Loshchilov and Hutter 2017, SGDR (one period, no restart)
 */
export function learningRateAt(training: TrainingSpec, step: number, stepCount: number): number {
  const base = training.optimizer.learningRate;
  switch (training.schedule) {
    case "constant":
      return base;
    case "cosine":
      return (base * (1 + Math.cos((Math.PI * step) / stepCount))) / 2;
  }
}
