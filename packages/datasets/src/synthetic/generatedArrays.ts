/** The arrays of a generated data set; inputs are row-major. */
export interface GeneratedArrays {
  readonly trainInputs: Float32Array;
  readonly trainLabels: Int32Array;
  readonly testInputs: Float32Array;
  readonly testLabels: Int32Array;
}

/** Numbers of one part: rows of inputs, and their labels. */
export interface GeneratedPart {
  readonly inputs: Float32Array;
  readonly labels: Int32Array;
}

/** Both parts, the training part drawn first. */
export function bothParts(
  { trainRows, testRows }: { trainRows: number; testRows: number },
  part: (rows: number) => GeneratedPart,
): GeneratedArrays {
  const train = part(trainRows);
  const test = part(testRows);
  return { trainInputs: train.inputs, trainLabels: train.labels, testInputs: test.inputs, testLabels: test.labels };
}
