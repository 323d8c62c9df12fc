import { perClassValue, type TargetPlan } from "@smoothsweep/smoothing";
import type { LossSettings } from "../settings/lossSettings.ts";
import { foldsWeights } from "../targets/foldedWeight.ts";
import type { EpochTargets } from "../targets/targetTimeline.ts";
import type { DenseTargets, FactoredTargets } from "../targets/trialTargets.ts";
import { type BatchMixing, mixRows } from "./batchMixing.ts";

/** Examples of a batch: their classes, and their rows in the training split. */
export interface BatchExamples {
  readonly labels: Int32Array;
  readonly rows: Uint32Array;
}

/** What the losses of a batch need besides the logits, laid out for tensors. P trials, K classes. */
export interface LossBatch {
  readonly sizes: { readonly copies: number; readonly rows: number; readonly classCount: number };
  readonly labels: Int32Array;
  readonly targets: BatchTargets;
  /** [P, rows]; null where a part is not used by any trial of the pack. */
  readonly weights: Float32Array | null;
  readonly strengths: Float32Array | null;
  readonly margins: Float32Array | null;
  /** [P, K] */
  readonly offsets: Float32Array | null;
  /** [P] */
  readonly scales: Float32Array | null;
  /** [P]: what the mean over the batch divides by, where it is not the number of rows. */
  readonly divisors: Float32Array | null;
  /** How the rows of targets are mixed; the numbers per row above are mixed already. */
  readonly mixing: BatchMixing | null;
}

/** What a copy adds to its target rows by the ranks of the classes in its own prediction: strength x u, see `zipfShares`. */
export interface RankedRows {
  readonly power: number;
  /** [rows] */
  readonly strengths: Float32Array;
}

/** Target rows of a batch: [P, rows, K], or the O(P (rows + K)) numbers that stand for them. */
export type BatchTargets =
  | {
      readonly form: "dense";
      readonly values: Float32Array;
      /** By copy, null where nothing is added; null as a whole where none has any. */
      readonly ranked: readonly (RankedRows | null)[] | null;
    }
  | {
      readonly form: "factored";
      /** [P, rows] */
      readonly own: Float32Array;
      readonly shared: Float32Array;
      /** [P, K] */
      readonly mixing: Float32Array;
    };

/** [trials, rows]: a number for every trial and example. */
function perExample<Trial>(
  trials: readonly Trial[],
  labels: Int32Array,
  numberOf: (trial: Trial, label: number) => number,
): Float32Array {
  const values = new Float32Array(trials.length * labels.length);
  trials.forEach((trial, copy) => {
    labels.forEach((label, position) => {
      values[copy * labels.length + position] = numberOf(trial, label);
    });
  });
  return values;
}

/** [trials, K] */
function perClass<Trial>(trials: readonly Trial[], classCount: number, rowOf: (trial: Trial) => ArrayLike<number>) {
  const values = new Float32Array(trials.length * classCount);
  trials.forEach((trial, copy) => {
    values.set(rowOf(trial), copy * classCount);
  });
  return values;
}

function denseTargets(trials: readonly DenseTargets[], examples: BatchExamples, classCount: number): BatchTargets {
  const values = new Float32Array(trials.length * examples.labels.length * classCount);
  let offset = 0;
  for (const { rowOf } of trials) {
    examples.labels.forEach((label, position) => {
      values.set(rowOf({ label, row: examples.rows[position] as number }).values, offset);
      offset += classCount;
    });
  }
  return { form: "dense", values, ranked: rankedRows(trials, examples.labels) };
}

function rankedRows(trials: readonly DenseTargets[], labels: Int32Array): readonly (RankedRows | null)[] | null {
  if (trials.every(({ ranked }) => ranked === null)) return null;
  return trials.map(({ ranked }) => {
    return ranked && { power: ranked.power, strengths: Float32Array.from(labels, ranked.strengthOf) };
  });
}

function factoredTargets(trials: readonly FactoredTargets[], labels: Int32Array, classCount: number): BatchTargets {
  return {
    form: "factored",
    own: perExample(trials, labels, ({ own }, label) => own[label] as number),
    shared: perExample(trials, labels, ({ shared }, label) => shared[label] as number),
    mixing: perClass(trials, classCount, ({ mixing }) => mixing),
  };
}

/** Trials of a pack have targets of the same form: `splitPack` sees to it. */
function batchTargets(views: readonly EpochTargets[], examples: BatchExamples, classCount: number): BatchTargets {
  const targets = views.map((view) => view.targets);
  const factored = targets.filter((target) => target.form === "factored");
  if (factored.length > 0) return factoredTargets(factored, examples.labels, classCount);
  return denseTargets(
    targets.filter((target) => target.form === "dense"),
    examples,
    classCount,
  );
}

/** What a trial's mean over a batch divides by: its rows, or under class-term weights the sum of v_y, as PyTorch. */
export function batchDivisor(plan: TargetPlan, labels: Int32Array): number {
  const { classTermWeight } = plan;
  if (classTermWeight === null) return labels.length;
  return labels.reduce((sum, label) => sum + perClassValue(classTermWeight, label), 0);
}

/** Gathers what the loss needs for a batch; `views` in the order of the pack axis. */
export function createLossBatch(
  views: readonly EpochTargets[],
  examples: BatchExamples,
  options: { loss: LossSettings; classCount: number; mixing?: BatchMixing | null },
): LossBatch {
  const { loss, classCount, mixing = null } = options;
  const mixed = (values: Float32Array) => (mixing ? mixRows(values, mixing, 1) : values);
  const { labels } = examples;
  const plans = views.map(({ plan }) => plan);
  const some = (uses: (plan: TargetPlan) => boolean) => plans.some(uses);
  const none = new Float32Array(classCount);
  return {
    sizes: { copies: views.length, rows: labels.length, classCount },
    labels,
    targets: batchTargets(views, examples, classCount),
    weights:
      !foldsWeights(loss) && some(({ sampleWeight }) => sampleWeight !== 1)
        ? mixed(perExample(plans, labels, ({ sampleWeight }, label) => perClassValue(sampleWeight, label)))
        : null,
    strengths:
      loss.kind === "max-suppression"
        ? mixed(perExample(plans, labels, ({ epsilon }, label) => perClassValue(epsilon, label)))
        : null,
    margins: some(({ margin }) => margin !== null)
      ? perExample(plans, labels, ({ margin }, label) => (margin ? perClassValue(margin.perClass, label) : 0))
      : null,
    offsets: some(({ logitOffset }) => logitOffset !== null)
      ? perClass(plans, classCount, ({ logitOffset }) => logitOffset ?? none)
      : null,
    scales: some(({ margin }) => margin !== null) ? Float32Array.from(plans, ({ margin }) => margin?.scale ?? 1) : null,
    divisors: some(({ classTermWeight }) => classTermWeight !== null)
      ? Float32Array.from(plans, (plan) => batchDivisor(plan, labels))
      : null,
    mixing,
  };
}
