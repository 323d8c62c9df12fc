import { perClassValue, type TargetPlan, targetRow } from "@smoothsweep/smoothing";

/** A plan's targets for every class, ready to be copied into batches. */
export interface TargetTable {
  /** classes x classes, row y is the target of a row labelled y. */
  readonly rows: Float32Array;
  /** For each class y, the smallest loss that its target allows: H(q) = - sum_k q_k ln(q_k / S), nats. */
  readonly entropies: Float64Array;
}

/** Entropy floor of a target row whose sum S need not be 1. */
function entropyFloor(row: Float64Array): number {
  const rowSum = row.reduce((sum, mass) => sum + mass, 0);
  return row.reduce((floor, mass) => (mass > 0 ? floor - mass * Math.log(mass / rowSum) : floor), 0);
}

/**
 * Lays out a plan's targets, O(classes^2). Weights are folded into the rows, exactly: w CE(q, p) = CE(w q, p) when the
 * row sum may be anything.
 */
export function createTargetTable(plan: TargetPlan): TargetTable {
  const { classCount } = plan;
  const rows = new Float32Array(classCount * classCount);
  const entropies = new Float64Array(classCount);
  for (let label = 0; label < classCount; label++) {
    const sampleWeight = perClassValue(plan.sampleWeight, label);
    const row = targetRow(plan, label).map(
      (mass, index) => mass * sampleWeight * perClassValue(plan.classTermWeight ?? 1, index),
    );
    rows.set(row, label * classCount);
    entropies[label] = entropyFloor(row);
  }
  return { rows, entropies };
}

/** Mean entropy floor over rows with these labels: what the training loss tends to when the fit is perfect. */
export function meanEntropy(table: TargetTable, labels: Int32Array): number {
  return labels.reduce((sum, label) => sum + (table.entropies[label] as number), 0) / labels.length;
}

/** Targets of a batch for every table: tables x rows x classes. */
export function batchTargets(tables: readonly TargetTable[], labels: Int32Array, classCount: number): Float32Array {
  const targets = new Float32Array(tables.length * labels.length * classCount);
  let offset = 0;
  for (const { rows } of tables) {
    for (const label of labels) {
      targets.set(rows.subarray(label * classCount, (label + 1) * classCount), offset);
      offset += classCount;
    }
  }
  return targets;
}
