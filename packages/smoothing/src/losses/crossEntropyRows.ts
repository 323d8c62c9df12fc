import type { Flat } from "../tensors/nested.ts";
import { ArgumentError } from "../validation/argumentError.ts";
import { checkClass } from "../validation/checkClass.ts";
import { checkRange } from "../validation/checkRange.ts";
import type { CrossEntropyOptions } from "./crossEntropy.ts";

/** What one row of logits is compared with. */
export interface RowTarget {
  /** Where the row's K logits lie in the flat list. */
  readonly positions: readonly number[];
  /** The coefficient of each -ln p_k; null for an ignored target. */
  readonly coefficients: Float64Array | null;
  /** What the row adds to the divisor of the mean. */
  readonly meanWeight: number;
  /** The given target: a class, or K probabilities. */
  readonly given: number | Float64Array;
}

/** The tensors of a call. */
export interface CrossEntropyInput {
  readonly logits: Flat;
  readonly targets: Flat;
  readonly classAxis: number;
  readonly options: CrossEntropyOptions;
}

/** Takes the tensors apart into rows. Targets of the shape of the logits are probabilities, others are class indices. */
export function crossEntropyRows(input: CrossEntropyInput): RowTarget[] {
  const { logits, targets, classAxis } = input;
  const classCount = logits.shape[classAxis]!;
  const inner = logits.shape.slice(classAxis + 1).reduce((product, size) => product * size, 1);
  const probabilities = sameShape(logits.shape, targets.shape);
  if (!probabilities && !sameShape(logits.shape.toSpliced(classAxis, 1), targets.shape)) {
    const rule = `must have the shape of the logits, [${logits.shape.join(", ")}], with or without the class axis`;
    throw new ArgumentError("wrong_length", { argument: "targets", rule, value: targets.shape });
  }
  if (probabilities && (input.options.ignoreIndex ?? -100) >= 0) {
    const rule = "must be negative with probability targets, which cannot be ignored by index";
    throw new ArgumentError("pytorch_trap", { argument: "ignoreIndex", rule, value: input.options.ignoreIndex });
  }
  return Array.from({ length: logits.values.length / classCount }, (_, row) => {
    const start = Math.floor(row / inner) * classCount * inner + (row % inner);
    const positions = Array.from({ length: classCount }, (_, index) => start + index * inner);
    return probabilities
      ? probabilityRow(positions, targets.values, input.options)
      : indexRow(positions, targets.values[row]!, input.options);
  });
}

function indexRow(positions: readonly number[], trueClass: number, options: CrossEntropyOptions): RowTarget {
  const { labelSmoothing = 0, classWeights, ignoreIndex = -100 } = options;
  if (trueClass === ignoreIndex) return { positions, coefficients: null, meanWeight: 0, given: trueClass };
  const classCount = positions.length;
  checkClass(trueClass, classCount, "targets");
  const weight = (index: number) => classWeights?.[index] ?? 1;
  const coefficients = Float64Array.from(positions, (_, index) => (labelSmoothing / classCount) * weight(index));
  coefficients[trueClass]! += (1 - labelSmoothing) * weight(trueClass);
  return { positions, coefficients, meanWeight: weight(trueClass), given: trueClass };
}

function probabilityRow(positions: readonly number[], values: Float64Array, options: CrossEntropyOptions): RowTarget {
  const { labelSmoothing = 0, classWeights } = options;
  const given = Float64Array.from(positions, (position) => values[position]!);
  given.forEach((mass, index) => {
    checkRange(`targets[..., ${index}]`, mass, { min: 0 });
  });
  const coefficients = given.map(
    (mass, index) => (classWeights?.[index] ?? 1) * ((1 - labelSmoothing) * mass + labelSmoothing / given.length),
  );
  return { positions, coefficients, meanWeight: 1, given };
}

function sameShape(a: readonly number[], b: readonly number[]): boolean {
  return a.length === b.length && a.every((size, index) => size === b[index]);
}
