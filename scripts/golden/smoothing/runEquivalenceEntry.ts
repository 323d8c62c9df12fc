import {
  binaryTargets,
  equivalenceKey,
  normalisedPlan,
  type PlanContext,
  plansEqual,
  type TargetPlan,
  targetRow,
} from "@smoothsweep/smoothing";
import type { GoldenOutcome } from "../goldenOutcome.ts";
import { checkEntry } from "./checkEntry.ts";
import type { EntryCheck } from "./entryCheck.ts";
import { binaryConventions } from "./names.ts";
import { type GoldenSpec, planOf } from "./planOf.ts";

/** Runs one entry of equivalences.json. */
export function runEquivalenceEntry(entry: unknown): GoldenOutcome {
  return checkEntry(entry, (check) => {
    const [a, b] = [check.read<GoldenSpec>("a"), check.read<GoldenSpec>("b")];
    const classCounts = check.read<readonly number[] | null>("classCounts");
    const classCount = check.read<number>("numClasses");
    const context: PlanContext = classCounts === null ? { classCount } : { classCount, classCounts };
    if (isBinary(a) || isBinary(b)) checkBinary(check, [a, b], classCount);
    else checkPlans(check, planOf(a, context), planOf(b, context));
  });
}

function checkPlans(check: EntryCheck, a: TargetPlan, b: TargetPlan): void {
  const equal = check.read<boolean>("equal");
  check.exact("equal", plansEqual(a, b));
  if ((equivalenceKey(a) === equivalenceKey(b)) !== equal) check.fail(`equal: the keys say ${!equal}`);
  const [left, right] = [normalisedPlan(a), normalisedPlan(b)];
  const equalAfter = check.read<boolean | null>("equalAfterNormalisation");
  if (equalAfter !== null) {
    check.exact("equalAfterNormalisation", plansEqual(left, right));
    if ((equivalenceKey(left) === equivalenceKey(right)) !== equalAfter) {
      check.fail(`equalAfterNormalisation: the keys say ${!equalAfter}`);
    }
  }
  let difference = 0;
  for (let trueClass = 0; trueClass < a.classCount; trueClass++) {
    const other = targetRow(b, trueClass);
    for (const [index, mass] of targetRow(a, trueClass).entries()) {
      difference = Math.max(difference, Math.abs(mass - other[index]!));
    }
  }
  check.near("maxAbsDifference", difference);
}

function isBinary(spec: GoldenSpec): boolean {
  return spec.convention !== undefined && Object.hasOwn(binaryConventions, spec.convention);
}

function checkBinary(check: EntryCheck, specs: readonly [GoldenSpec, GoldenSpec], labelCount: number): void {
  const [a, b] = specs.map((spec) =>
    binaryTargets({ convention: binaryConventions[spec.convention!]!, epsilon: spec.epsilon ?? 0 }, labelCount),
  ) as [ReturnType<typeof binaryTargets>, ReturnType<typeof binaryTargets>];
  const difference = Math.max(Math.abs(a.positive - b.positive), Math.abs(a.negative - b.negative));
  check.exact("equal", difference < 1e-12);
  check.near("maxAbsDifference", difference);
  check.exact("equalAfterNormalisation", null);
}
