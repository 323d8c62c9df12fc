import { type DataSpec, invalidSpec, type SpecIssue } from "@smoothsweep/contracts";
import type { DatasetLimits } from "../catalogue/catalogue.ts";
import { portablePermutation } from "./portablePermutation.ts";

/** Which rows each part takes: train and validation from the training part, test from the test part. */
export interface SplitRows {
  readonly train: Uint32Array;
  readonly validation: Uint32Array;
  readonly test: Uint32Array;
}

/**
 * Splits a data set once for a whole sweep: the rows of the training part are permuted by the split seed, train takes
 * the first ones and validation the next; test takes the first rows of the test part. No row is in two parts.
 *
 * @throws AppError `invalid_spec` with `too_few_rows` when the data set has fewer rows.
 */
export function splitRows(spec: DataSpec, limits: Pick<DatasetLimits, "trainRows" | "testRows">): SplitRows {
  checkRows(spec, limits);
  const order = portablePermutation(limits.trainRows, spec.splitSeed);
  return {
    train: order.slice(0, spec.train),
    validation: order.slice(spec.train, spec.train + spec.validation),
    test: Uint32Array.from({ length: spec.test }, (_, row) => row),
  };
}

function checkRows(spec: DataSpec, limits: Pick<DatasetLimits, "trainRows" | "testRows">): void {
  const issues: SpecIssue[] = [];
  const fitted = spec.train + spec.validation;
  if (fitted > limits.trainRows) {
    const message = `\`data.train\` + \`data.validation\` must be at most ${limits.trainRows}, got ${fitted}`;
    issues.push({ path: "data.train", code: "too_few_rows", message, value: fitted });
  }
  if (spec.test > limits.testRows) {
    const message = `\`data.test\` must be at most ${limits.testRows}, got ${spec.test}`;
    issues.push({ path: "data.test", code: "too_few_rows", message, value: spec.test });
  }
  if (issues.length > 0) throw invalidSpec(issues);
}
