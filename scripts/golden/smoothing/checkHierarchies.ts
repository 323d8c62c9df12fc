import {
  confidenceCeiling,
  entropyFloor,
  hierarchicalRows,
  type TargetPlan,
  type Taxonomy,
  targetRow,
  taxonomyDistances,
  taxonomyLeaves,
} from "@smoothsweep/smoothing";
import type { EntryCheck } from "./entryCheck.ts";
import { planOf } from "./planOf.ts";

function rowsOf(plan: TargetPlan): Float64Array[] {
  return Array.from({ length: plan.classCount }, (_, index) => targetRow(plan, index));
}

/** Soft labels by distance in a tree. */
export function checkHierarchicalExp(check: EntryCheck): void {
  const classCount = check.read<number>("numClasses");
  const tree = check.read<Taxonomy>("tree");
  const beta = check.read<number>("beta");
  const rows = rowsOf(planOf({ strategy: "hierarchicalExp", beta, tree }, { classCount }));
  check.exact("leaves", taxonomyLeaves(tree));
  check.near("distances", taxonomyDistances(tree));
  check.near("rows", rows);
  check.near("rows", hierarchicalRows(tree, beta));
  check.near("maxConfidence", rows.map(confidenceCeiling));
  check.near("entropyFloor", rows.map(entropyFloor));
}

/** Mixtures of uniform distributions over the levels of a tree. */
export function checkLevelMixture(check: EntryCheck): void {
  const classCount = check.read<number>("numClasses");
  const tree = check.read<Taxonomy>("tree");
  const spec = {
    strategy: "levelMixture",
    epsilon: check.read<number>("epsilon"),
    levelWeights: check.read<readonly number[]>("levelWeights"),
    includeSelf: check.read<boolean>("includeSelf"),
    tree,
  };
  const rows = rowsOf(planOf(spec, { classCount }));
  check.exact("leaves", taxonomyLeaves(tree));
  check.near("rows", rows);
  check.near(
    "rowSums",
    rows.map((row) => row.reduce((a, b) => a + b)),
  );
  check.near("entropyFloor", rows.map(entropyFloor));
}
