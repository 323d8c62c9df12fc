import { checkClass } from "../validation/checkClass.ts";
import { checkClassCount } from "../validation/checkClassCount.ts";
import { checkDistribution } from "../validation/checkDistribution.ts";
import type { StaticMixing } from "./mixing.ts";

/** Collects one epoch's predictions for online label smoothing. */
export interface OnlineMixing {
  /** Takes one example's predicted distribution; it counts only when its largest entry is the true class. */
  add(trueClass: number, probabilities: readonly number[]): void;
  /** The mixing for the next epoch: row y is the mean of what was counted for y, uniform where nothing was. */
  mixing(): StaticMixing;
}

/**
 * Online label smoothing: u(.|y) for the next epoch is the mean predicted distribution of the examples of y that were
 * classified correctly in this one. Ties for the largest probability go to the lowest class.
 *
 * @param classCount K, 2 or more
 * @returns an accumulator for one epoch; O(K^2) memory
 * @throws ArgumentError `class_count_too_small`; from `add`: `class_out_of_range`, `wrong_length`, `invalid_mixing`
 * @see Zhang et al. 2021, Delving deep into label smoothing, https://arxiv.org/abs/2011.12562
 */
export function onlineMixing(classCount: number): OnlineMixing {
  checkClassCount(classCount);
  const sums = Array.from({ length: classCount }, () => new Float64Array(classCount));
  const counts = new Array<number>(classCount).fill(0);
  return {
    add(trueClass, probabilities) {
      checkClass(trueClass, classCount);
      checkDistribution("probabilities", probabilities, classCount);
      if (probabilities.indexOf(probabilities.reduce((a, b) => Math.max(a, b))) !== trueClass) return;
      counts[trueClass]! += 1;
      const row = sums[trueClass]!;
      for (let index = 0; index < classCount; index++) row[index]! += probabilities[index]!;
    },
    mixing: () => ({
      kind: "matrix",
      rows: sums.map((row, index) =>
        counts[index] === 0
          ? Array<number>(classCount).fill(1 / classCount)
          : Array.from(row, (x) => x / counts[index]!),
      ),
    }),
  };
}
