import type { StaticMixing } from "@smoothsweep/smoothing";

/** Collects one epoch's predictions of a trial for online label smoothing. */
export interface OnlineAverages {
  /** @param logits rows x classes, as the model gave them in training */
  observe(labels: Int32Array, logits: Float32Array): void;
  /** u(.|y) for the next epoch; counting begins anew. */
  finishEpoch(): StaticMixing;
}

/** softmax of one row in float64, and the first of its largest entries. */
function predictRow(logits: Float32Array): { probabilities: Float64Array; predicted: number } {
  const largest = logits.reduce((a, b) => Math.max(a, b), -Infinity);
  const probabilities = Float64Array.from(logits, (logit) => Math.exp(logit - largest));
  const total = probabilities.reduce((sum, value) => sum + value, 0);
  return { probabilities: probabilities.map((value) => value / total), predicted: logits.indexOf(largest) };
}

/**
 * Running mean of the predictions per class, over the training examples of that class that were classified correctly
 * when they were trained on; uniform where none was. The same as `onlineMixing` of @smoothsweep/smoothing, on whole
 * batches. O(K^2) memory.
 * @see Zhang et al. 2021, Delving deep into label smoothing, https://arxiv.org/abs/2011.12562
 */
export function createOnlineAverages(classCount: number): OnlineAverages {
  let sums = new Float64Array(classCount * classCount);
  let counts = new Float64Array(classCount);
  return {
    observe(labels, logits) {
      labels.forEach((label, row) => {
        const { probabilities, predicted } = predictRow(logits.subarray(row * classCount, (row + 1) * classCount));
        if (predicted !== label) return;
        counts[label]! += 1;
        for (let k = 0; k < classCount; k++) sums[label * classCount + k]! += probabilities[k] as number;
      });
    },
    finishEpoch() {
      const rows = Array.from(counts, (count, label) => {
        if (count === 0) return Array<number>(classCount).fill(1 / classCount);
        return Array.from(sums.subarray(label * classCount, (label + 1) * classCount), (sum) => sum / count);
      });
      sums = new Float64Array(classCount * classCount);
      counts = new Float64Array(classCount);
      return { kind: "matrix", rows };
    },
  };
}
