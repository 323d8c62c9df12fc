import { ArgumentError } from "../validation/argumentError.ts";
import type { TargetPlan } from "./targetPlan.ts";
import { targetRow } from "./targetRow.ts";

/** The most classes a table is made for: 4096 x 4096 float32 is 64 MiB. */
const tableClassesMax = 4096;

/**
 * All K rows of a plan as one row-major K x K table, for a trainer that gathers rows by label. For larger K build the
 * rows of a batch with `targetRow`, or use e_y and u of the plan directly.
 *
 * @param plan a plan whose mixing is known before training
 * @returns K x K single-precision targets, row = true class
 * @throws ArgumentError `out_of_range` above 4,096 classes; those of `targetRow`
 */
export function targetTable(plan: TargetPlan): Float32Array {
  const { classCount } = plan;
  if (classCount > tableClassesMax) {
    const rule = `must be at most ${tableClassesMax} for a table of all rows`;
    throw new ArgumentError("out_of_range", { argument: "classCount", rule, value: classCount });
  }
  const table = new Float32Array(classCount * classCount);
  for (let index = 0; index < classCount; index++) table.set(targetRow(plan, index), index * classCount);
  return table;
}
