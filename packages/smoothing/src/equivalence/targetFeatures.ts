import type { Mixing } from "../mixing/mixing.ts";
import { mixingShares } from "../mixing/mixingShares.ts";
import { perClassValue } from "../plans/perClassValue.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";
import { isOffDiagonalRankOne } from "./isOffDiagonalRankOne.ts";

/** The targets of a plan, reduced to numbers that are the same for the same K x K table of targets. */
export interface TargetFeatures {
  readonly words: string;
  /** A list of length 1 stands for K equal numbers. */
  readonly numbers: ReadonlyMap<string, readonly number[]>;
  /** Whether any class gives mass away. */
  readonly smoothed: boolean;
}

/** Mass below this counts as none. */
const slack = 1e-12;

/**
 * Describes the K x K table of targets in O(K) numbers that depend on the table only, not on how it was written:
 * row sums, diagonal, and the largest off-diagonal entry of each row and each column. Each moves by no more than the
 * table does, and together they fix every table of the form (diagonal) + a_y u_k. A table of any other form adds all
 * its entries. (e, u) themselves would not do: at K = 2, and for classes that nobody smooths towards, different (e, u)
 * give the same targets.
 */
export function targetFeatures(plan: TargetPlan): TargetFeatures {
  switch (plan.mixing.kind) {
    case "uniform":
      return uniformFeatures(plan) ?? vectorFeatures(plan);
    case "vector":
      return vectorFeatures(plan);
    case "matrix":
      return matrixFeatures(plan);
    default:
      return dynamicFeatures(plan);
  }
}

/** Plain smoothing, where every class is like every other; null for any other plan. */
function uniformFeatures({ classCount, epsilon, rowSum }: TargetPlan): TargetFeatures | null {
  if (typeof epsilon !== "number" || typeof rowSum !== "number") return null;
  const given = (rowSum * epsilon) / classCount;
  return described({ rowSum: [rowSum], diagonal: [rowSum - given * (classCount - 1)], row: [given], column: [given] });
}

function vectorFeatures(plan: TargetPlan): TargetFeatures {
  const { classCount, mixing } = plan;
  const classes = Array.from({ length: classCount }, (_, index) => index);
  const rowSum = classes.map((index) => perClassValue(plan.rowSum, index));
  const given = classes.map((index) => rowSum[index]! * perClassValue(plan.epsilon, index));
  const shares = mixingShares(mixing, classCount);
  const received = shares.map((share) => share.self);
  const othersGive = largestOfOthers(given);
  const othersReceive = largestOfOthers(received);
  return described({
    rowSum,
    diagonal: classes.map((index) => rowSum[index]! - given[index]! * shares[index]!.other),
    row: classes.map((index) => given[index]! * othersReceive[index]!),
    column: classes.map((index) => received[index]! * othersGive[index]!),
  });
}

function matrixFeatures(plan: TargetPlan): TargetFeatures {
  const rows = Array.from({ length: plan.classCount }, (_, index) => targetRow(plan, index));
  const largestBut = (values: Float64Array, skipped: number) =>
    values.reduce((best, value, index) => (index === skipped ? best : Math.max(best, value)), 0);
  const features = described({
    rowSum: rows.map((_, index) => perClassValue(plan.rowSum, index)),
    diagonal: rows.map((row, index) => row[index]!),
    row: rows.map((row, index) => largestBut(row, index)),
    column: rows.map((_, column) =>
      largestBut(
        Float64Array.from(rows, (row) => row[column]!),
        column,
      ),
    ),
  });
  if (isOffDiagonalRankOne(rows)) return features;
  const entries = rows.flatMap((row) => Array.from(row));
  return { ...features, numbers: new Map([...features.numbers, ["entries", entries]]) };
}

function dynamicFeatures(plan: TargetPlan): TargetFeatures {
  const classes = Array.from({ length: plan.classCount }, (_, index) => index);
  const rowSum = classes.map((index) => perClassValue(plan.rowSum, index));
  const given = classes.map((index) => rowSum[index]! * perClassValue(plan.epsilon, index));
  const smoothed = given.some((mass) => mass > slack);
  if (!smoothed) {
    const none = classes.map(() => 0);
    return described({ rowSum, diagonal: rowSum, row: none, column: none });
  }
  return { words: mixingWords(plan.mixing), numbers: new Map(Object.entries({ "row-sum": rowSum, given })), smoothed };
}

/** Written field by field: a plan that was stored as JSON may have its fields in another order. */
function mixingWords(mixing: Mixing): string {
  switch (mixing.kind) {
    case "teacher":
      return `teacher ${JSON.stringify(mixing.run)} ${mixing.temperature}`;
    case "zipf":
      return `zipf ${mixing.power}`;
    default:
      return mixing.kind;
  }
}

interface Table {
  rowSum: number[];
  diagonal: number[];
  row: number[];
  column: number[];
}

function described({ rowSum, diagonal, row, column }: Table): TargetFeatures {
  const numbers = new Map([
    ["row-sum", rowSum],
    ["diagonal", diagonal],
    ["row", row],
    ["column", column],
  ]);
  return { words: "", numbers, smoothed: row.some((mass) => mass > slack) };
}

/** For each index the largest of all other values, in O(n). */
function largestOfOthers(values: readonly number[]): number[] {
  let first = -1;
  let second = -1;
  for (let index = 0; index < values.length; index++) {
    if (first === -1 || values[index]! > values[first]!) {
      second = first;
      first = index;
    } else if (second === -1 || values[index]! > values[second]!) second = index;
  }
  return values.map((_, index) => values[index === first ? second : first]!);
}
