import {
  classPrior,
  confidenceCeiling,
  entropyFloor,
  inversePrior,
  type LabelAwareShape,
  labelAwareEpsilon,
  smoothedMarginal,
  type TargetPlan,
  targetRow,
  teacherDistribution,
} from "@smoothsweep/smoothing";
import type { EntryCheck } from "./entryCheck.ts";
import { type GoldenSpec, planOf } from "./planOf.ts";

/** Class-prior and inverse-prior mixing. */
export function checkPrior(check: EntryCheck): void {
  const classCount = check.read<number>("numClasses");
  const classCounts = check.read<readonly number[]>("classCounts");
  const kind = check.read<string>("kind");
  const plan = planOf({ strategy: kind, epsilon: check.read("epsilon") }, { classCount, classCounts });
  check.near("prior", kind === "classPrior" ? classPrior(classCounts) : inversePrior(classCounts));
  check.near("smoothedMarginal", smoothedMarginal(plan, classCounts));
  checkRow(check, plan);
}

/** Mixing with a teacher's softened prediction. */
export function checkTeacher(check: EntryCheck): void {
  const classCount = check.read<number>("numClasses");
  const teacherLogits = check.read<readonly number[]>("teacherLogits");
  const temperature = check.read<number>("temperature");
  const spec = { strategy: "teacher", epsilon: check.read<number>("epsilon"), teacherLogits, temperature };
  check.near("teacher", teacherDistribution(teacherLogits, temperature));
  checkRow(check, planOf(spec, { classCount }));
}

function checkRow(check: EntryCheck, plan: TargetPlan): void {
  const trueClass = check.read<number | undefined>("trueClass") ?? 0;
  const row = targetRow(plan, trueClass);
  const total = row.reduce((a, b) => a + b);
  if (check.read("row") !== null) check.near("row", row);
  check.near("rowSum", total);
  check.near("maxConfidence", confidenceCeiling(row));
  check.near("entropyFloor", entropyFloor(row));
}

/** Label-aware strengths, as the code (uniform) and as the paper (off-target) use them. */
export function checkLabelAware(check: EntryCheck): void {
  const classCount = check.read<number>("numClasses");
  const classCounts = check.read<readonly number[]>("classCounts");
  const spec: GoldenSpec = {
    strategy: "labelAware",
    headEpsilon: check.read("headEpsilon"),
    tailEpsilon: check.read("tailEpsilon"),
    shape: check.read("shape"),
    power: check.read("power"),
  };
  const shape = (spec.shape === "exp" ? "exponential" : spec.shape) as LabelAwareShape;
  const options = { headEpsilon: spec.headEpsilon!, tailEpsilon: spec.tailEpsilon!, shape };
  check.near(
    "epsilonPerClass",
    labelAwareEpsilon(classCounts, spec.power == null ? options : { ...options, power: spec.power }),
  );
  const trueClasses = check.read<readonly number[]>("trueClasses");
  for (const [field, convention] of Object.entries({ rowsUniform: "uniform", rowsOffTarget: "offTarget" })) {
    const build = () => planOf({ ...spec, convention }, { classCount, classCounts });
    if (check.read(field) === null) check.refused(field, build);
    else {
      const plan = build();
      check.near(
        field,
        trueClasses.map((trueClass) => targetRow(plan, trueClass)),
      );
    }
  }
}
