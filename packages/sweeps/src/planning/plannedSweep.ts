import type { AxisValue, PlanSummary, SweepSpec } from "@smoothsweep/contracts";
import type { TargetPlan } from "@smoothsweep/smoothing";
import type { PredictionStore } from "../ports/predictionStore.ts";
import type { CellSettings } from "../spec/axisFields.ts";

/** What is known of the data before any image is decoded: enough for target plans and fingerprints. */
export interface SnapshotDescription {
  /** Hash of the content, the transforms and the split. */
  id: string;
  classCount: number;
  featureCount: number;
  /** Training rows per class; their sum is `data.train`. */
  trainClassCounts: number[];
}

/** What planning needs from outside. */
export interface PlanningTools {
  /** Hexadecimal SHA-256 of a text. */
  hash: (text: string) => string;
  newId: (prefix: "swp" | "trl") => string;
}

/** Planning that lets others run meanwhile. */
export interface SlicedPlanningTools extends PlanningTools {
  /** Resolves when whatever else waits has had its turn. */
  turn: () => Promise<void>;
}

/** Planning of what users ask for: it is refused when the trials it learns from are not there. */
export interface CheckedPlanningTools extends SlicedPlanningTools {
  predictions: PredictionStore;
}

/** One combination of axis values. */
export interface PlannedCell {
  id: string;
  values: Record<string, AxisValue>;
  settings: CellSettings;
  plan: TargetPlan;
  planSummary: PlanSummary;
}

/** A cell with one seed. */
export interface PlannedTrial {
  id: string;
  ordinal: number;
  cell: PlannedCell;
  seed: number;
  fingerprint: string;
  groupId: string;
  /** The earlier trial of this sweep that is trained for this one; null when it is trained itself. */
  representativeId: string | null;
}

export interface PlannedSweep {
  id: string;
  spec: SweepSpec;
  specHash: string;
  snapshot: SnapshotDescription;
  cells: PlannedCell[];
  trials: PlannedTrial[];
  /** How many trials are trained: those without a representative. */
  distinct: number;
}
