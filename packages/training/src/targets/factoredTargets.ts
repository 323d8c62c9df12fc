import { mixingRow, perClassValue, type TargetPlan } from "@smoothsweep/smoothing";
import type { LossSettings } from "../settings/lossSettings.ts";
import { binaryEntropy, entropyTerm } from "./entropies.ts";
import { lossFactor, rowFactor } from "./foldedWeight.ts";
import type { FactoredTargets } from "./trialTargets.ts";

interface Factors {
  readonly own: Float64Array;
  readonly shared: Float64Array;
  readonly mixing: Float64Array;
}

function factorsOf(plan: TargetPlan, loss: LossSettings): Factors {
  const { classCount, classTermWeight } = plan;
  const mixing = mixingRow(plan.mixing, 0, classCount);
  const total = mixing.reduce((sum, share) => sum + share, 0);
  const own = new Float64Array(classCount);
  const shared = new Float64Array(classCount);
  for (let label = 0; label < classCount; label++) {
    const epsilon = perClassValue(plan.epsilon, label);
    const scale = perClassValue(plan.rowSum, label) * rowFactor(plan, loss, label);
    shared[label] = scale * epsilon;
    const share = mixing[label] as number;
    // Above e = 1 the true class is what the others leave; see `smoothedRow` of @smoothsweep/smoothing.
    const mass = epsilon <= 1 ? 1 - epsilon + epsilon * share : 1 - epsilon * (total - share);
    own[label] = scale * mass * perClassValue(classTermWeight ?? 1, label);
  }
  return { own, shared, mixing: mixing.map((share, index) => share * perClassValue(classTermWeight ?? 1, index)) };
}

/** H(q) of every class in O(K) together: the terms of u are summed once. */
function softmaxFloors({ own, shared, mixing }: Factors): Float64Array {
  const total = mixing.reduce((sum, share) => sum + share, 0);
  const totalTerm = mixing.reduce((sum, share) => sum + entropyTerm(share), 0);
  return own.map((mass, label) => {
    const factor = shared[label] as number;
    const share = mixing[label] as number;
    const others = factor * (total - share);
    const rowSum = mass + others;
    if (rowSum <= 0) return 0;
    const otherTerms = others > 0 ? factor * (totalTerm - entropyTerm(share)) + Math.log(factor) * others : 0;
    return Math.max(0, rowSum * Math.log(rowSum) - entropyTerm(mass) - otherTerms);
  });
}

/** Sum of the binary entropies of every class's row; O(K) for each strength that occurs. */
function binaryFloors({ own, shared, mixing }: Factors): Float64Array {
  const totals = new Map<number, number>();
  const totalOf = (factor: number) => {
    const known = totals.get(factor);
    if (known !== undefined) return known;
    const total = mixing.reduce((sum, share) => sum + binaryEntropy(factor * share), 0);
    totals.set(factor, total);
    return total;
  };
  return own.map((mass, label) => {
    const factor = shared[label] as number;
    return totalOf(factor) - binaryEntropy(factor * (mixing[label] as number)) + binaryEntropy(mass);
  });
}

/** Targets of a plan with uniform or vector mixing as O(K) numbers; static weights are multiplied in. */
export function createFactoredTargets(plan: TargetPlan, loss: LossSettings): FactoredTargets {
  const factors = factorsOf(plan, loss);
  const floors = loss.kind === "binary-cross-entropy" ? binaryFloors(factors) : softmaxFloors(factors);
  const entropies = floors.map((floor, label) => lossFactor(plan, loss, label) * floor);
  return {
    form: "factored",
    own: Float32Array.from(factors.own),
    shared: Float32Array.from(factors.shared),
    mixing: Float32Array.from(factors.mixing),
    entropyOf: ({ label }) => entropies[label] as number,
  };
}
