import { buildTargetPlan, closedForms, entropyFloor, targetRow } from "@smoothsweep/smoothing";
import { type EntryCheck, tolerances } from "./entryCheck.ts";
import { smoothingOf } from "./planOf.ts";

/** One row of a convention with its closed forms. */
export function checkSingleLabel(check: EntryCheck): void {
  const classCount = check.read<number>("numClasses");
  const trueClass = check.read<number | undefined>("trueClass") ?? 0;
  const padClass = check.read<number | null>("padClass");
  const convention = check.read<string>("convention");
  const smoothing = smoothingOf({ convention, epsilon: check.read("epsilon"), padClass });
  const row = targetRow(buildTargetPlan({ smoothing, strategy: { kind: "none" } }, { classCount }), trueClass);
  const forms = closedForms(smoothing, classCount);
  const padding = convention === "offTargetExcludePad" ? (padClass ?? 0) : null;
  const padded = trueClass === padding;
  check.exact("validity", forms.isUniform ? "boundary" : "valid");
  if (check.read("row") !== null) check.near("row", row);
  check.near("uniformEquivalentEpsilon", forms.canonicalEpsilon);
  check.near("trueMass", row[trueClass]);
  const other = row.findIndex((_, index) => index !== trueClass && index !== padding);
  check.near("otherMass", row[other]);
  check.near("rowSum", padded ? row.reduce((a, b) => a + b) : forms.rowSum);
  check.near("maxConfidence", padded ? null : forms.maxConfidence);
  check.near("stationaryLogitGap", padded ? null : forms.stationaryLogitGap, tolerances.logit);
  check.near("entropyFloor", padded ? entropyFloor(row) : forms.entropyFloor);
  check.near("entropyFloor", entropyFloor(row));
  check.near("entropyNormalised", padded ? null : forms.entropyNormalised);
  if (padded) return;
  check.near("trueMass", forms.trueMass);
  check.near("otherMass", forms.otherMass);
}
