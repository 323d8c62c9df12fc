import type {
  AppError,
  EpochReport,
  InputShape,
  ModelSpec,
  PredictionBlob,
  TrialMetrics,
} from "@smoothsweep/contracts";
import type { TargetPlan } from "@smoothsweep/smoothing";
import type { TrainingSettings } from "../settings/trainingSettings.ts";

/** Rows of a data set with their original hard labels. */
export interface Split {
  /** rows x features, row-major. */
  readonly inputs: Float32Array;
  /** Class indices in [0, classCount), `labelsPerRow` of the input shape for each row: an example is a label. */
  readonly labels: Int32Array;
}

/** All data of a pack. Nothing is fitted or chosen on `test` (law 5). */
export interface PackData {
  readonly train: Split;
  readonly validation: Split;
  readonly test: Split;
  readonly classCount: number;
  readonly featureCount: number;
  /** What a row of inputs is; `featureCount` numbers. */
  readonly inputShape: InputShape;
}

/** One trial of a pack: what its loss sees, and its own numbers of training. Everything else is shared. */
export interface PackTrial {
  readonly trialId: string;
  readonly plan: TargetPlan;
  /** The pack's when left out. Trials whose settings are not one program (`sharedTraining`) train one after another. */
  readonly training?: TrainingSettings;
  /** Training rows x classes, row-major: needed by a plan that mixes in a stored run's predictions. */
  readonly teacherLogits?: Float32Array;
}

/** Trials of one group: they share data, model, batch order and seed. */
export interface PackRequest {
  readonly model: ModelSpec;
  /** How trials without settings of their own are trained. */
  readonly training: TrainingSettings;
  /** Initialisation, batch order and dropout are functions of this (and of the plan's sampling); in [0, 2^32). */
  readonly seed: number;
  readonly trials: readonly PackTrial[];
  readonly data: PackData;
}

/** The accepted end of a trial. */
export interface TrialOutcome {
  readonly trialId: string;
  readonly metrics: TrialMetrics;
  /** Logits of the validation and the test rows, and of the training rows where that was asked for: see `predictTrials`. */
  readonly predictions: PredictionBlob[];
  /** The trial's share of the pack's time, training and evaluation. */
  readonly seconds: number;
  /** Resident memory of the process when the trial ended. */
  readonly memoryBytes: number;
}

/** Why some trials of a pack do not train in one go with all others. */
export interface PackNote {
  readonly trialIds: readonly string[];
  /** One line for logs and provenance. */
  readonly text: string;
}

/** How a pack tells what happens. Called synchronously from the training loop; must not throw. */
export interface PackHooks {
  onEpoch(trialId: string, report: EpochReport): void;
  onResult(outcome: TrialOutcome): void;
  /** The trial ended without a result; the others go on. */
  onFailure(trialId: string, error: AppError, epoch?: number): void;
  /** Said before the trials train on; left out where nobody wants to know. */
  onNote?(note: PackNote): void;
  /** Proof of life, at most once a second. */
  onProgress(): void;
  /** Aborts within one batch. */
  readonly signal: AbortSignal;
}
