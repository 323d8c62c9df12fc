/** A perceptron 1 hidden layer deep in plain float64, by definition: what engines are compared with. */
export interface ReferenceSizes {
  readonly features: number;
  readonly hidden: number;
  readonly classes: number;
  readonly rows: number;
}

/** Arrays in the layout of `createMlp`: [hidden, features], [hidden], [classes, hidden], [classes]. */
export type ReferenceParameters = readonly Float64Array[];

/** outputs[row, out] = sum_in weights[out, in] inputs[row, in] + biases[out] */
function affine(
  inputs: ArrayLike<number>,
  weights: Float64Array,
  options: { biases: Float64Array; rows: number },
): Float64Array {
  const width = options.biases.length;
  const fanIn = weights.length / width;
  return Float64Array.from({ length: options.rows * width }, (_, position) => {
    const row = Math.floor(position / width);
    const out = position % width;
    let sum = options.biases[out] as number;
    for (let k = 0; k < fanIn; k++) sum += (weights[out * fanIn + k] as number) * (inputs[row * fanIn + k] as number);
    return sum;
  });
}

/** - sum_k q_k ln softmax(z)_k of one row. */
function crossEntropy(logits: Float64Array, targets: Float64Array): number {
  const largest = Math.max(...logits);
  const logNormaliser = largest + Math.log(logits.reduce((sum, logit) => sum + Math.exp(logit - largest), 0));
  return targets.reduce((loss, mass, k) => loss + mass * (logNormaliser - (logits[k] as number)), 0);
}

/** Mean loss of a batch; `hiddenFactors`, rows x hidden, multiply the hidden activations as dropout does. */
export function referenceLoss(
  parameters: ReferenceParameters,
  batch: { inputs: ArrayLike<number>; targets: Float64Array; hiddenFactors?: ArrayLike<number> },
  sizes: ReferenceSizes,
): number {
  const [w1, b1, w2, b2] = parameters as [Float64Array, Float64Array, Float64Array, Float64Array];
  const { rows, classes } = sizes;
  const hidden = affine(batch.inputs, w1, { biases: b1, rows }).map(
    (value, position) => Math.max(0, value) * (batch.hiddenFactors?.[position] ?? 1),
  );
  const logits = affine(hidden, w2, { biases: b2, rows });
  let loss = 0;
  for (let row = 0; row < rows; row++) {
    const range = [row * classes, (row + 1) * classes] as const;
    loss += crossEntropy(logits.subarray(...range), batch.targets.subarray(...range));
  }
  return loss / rows;
}
