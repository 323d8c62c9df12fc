import { binaryTargets, entropyFloor, smoothBinaryLabels } from "@smoothsweep/smoothing";
import { type EntryCheck, tolerances } from "./entryCheck.ts";
import { binaryConventions } from "./names.ts";

/** One row of independent binary targets with its closed forms. */
export function checkMultiLabel(check: EntryCheck): void {
  const labels = check.read<readonly number[] | undefined>("labels") ?? [1];
  const labelCount = check.read<number>("numClasses");
  const convention = binaryConventions[check.read<string>("convention")]!;
  const smoothing = { convention, epsilon: check.read<number>("epsilon") };
  const targets = binaryTargets(smoothing, labelCount);
  const row = smoothBinaryLabels(labels, smoothing);
  const floors = labels.map((label) => (label === 1 ? targets.entropyFloorPositive : targets.entropyFloorNegative));
  const floorSum = floors.reduce((a, b) => a + b, 0);
  check.exact("validity", targets.isUniform ? "boundary" : "valid");
  if (check.read("row") !== null) check.near("row", row);
  check.near("positiveTarget", targets.positive);
  check.near("negativeTarget", targets.negative);
  check.near(
    "rowSum",
    row.reduce((a, b) => a + b),
  );
  check.near("uniformEquivalentEpsilon", targets.canonicalEpsilon);
  check.near("maxConfidence", targets.maxConfidence);
  check.near("stationaryLogitPositive", targets.stationaryLogitPositive, tolerances.logit);
  check.near("stationaryLogitNegative", targets.stationaryLogitNegative, tolerances.logit);
  check.near("stationaryLogitGap", targets.stationaryLogitGap, tolerances.logit);
  check.near("entropyFloorSum", floorSum);
  check.near("entropyFloorMean", floorSum / labelCount);
  check.near(
    "entropyFloorSum",
    Array.from(row, (target) => entropyFloor([target, 1 - target])).reduce((a, b) => a + b),
  );
}
