import {
  invalidSpec,
  type PlanSummary,
  type SpecIssue,
  type SweepSpec,
  sharedTraining,
  type TrainingSpec,
} from "@smoothsweep/contracts";
import {
  ArgumentError,
  buildTargetPlan,
  canonicalEpsilon,
  equivalenceKey,
  explainPlan,
  type TargetPlan,
} from "@smoothsweep/smoothing";
import { canonicalJson } from "./canonicalJson.ts";
import { type ExpandedCell, expandCells } from "./expandCells.ts";
import type { PlannedCell, PlannedSweep, PlannedTrial, SnapshotDescription } from "./plannedSweep.ts";
import { obstacleTo } from "./trainability.ts";

/**
 * Version of what training computes: raise it when the same trial would give other numbers, so that earlier results are
 * no longer taken for equivalent.
 */
export const TRAINING_VERSION = 2;

/** A sweep of many cells may break the same rule in each: so many are told. */
const ISSUES_MAX = 100;

export interface PlanningTools {
  /** Hexadecimal SHA-256 of a text. */
  hash: (text: string) => string;
  newId: (prefix: "swp" | "trl") => string;
}

/**
 * Turns a specification into trials: every cell gets its target plan, every trial its fingerprint, its group and, when
 * an earlier trial has the same fingerprint, that one as its representative.
 * @throws AppError `invalid_spec` when a cell has no target plan on these data.
 */
export function planSweep(spec: SweepSpec, snapshot: SnapshotDescription, tools: PlanningTools): PlannedSweep {
  const id = tools.newId("swp");
  const cells = planCells(spec, snapshot, tools);
  const trials = planTrials({ sweepId: id, spec, snapshot, cells, tools });
  const distinct = trials.filter(({ representativeId }) => representativeId === null).length;
  return { id, spec, specHash: tools.hash(canonicalJson(spec)), snapshot, cells, trials, distinct };
}

/** Plans every cell; the mistakes of all of them are told at once. */
function planCells(spec: SweepSpec, snapshot: SnapshotDescription, tools: PlanningTools): PlannedCell[] {
  const issues: SpecIssue[] = [];
  const cells = expandCells(spec).flatMap((cell) => {
    const refuse = (reason: string) => {
      const message = `the cell ${canonicalJson(cell.values)} cannot be trained: ${reason}`;
      issues.push({ path: "strategy", code: "invalid_value", message, value: cell.settings.strategy.kind });
    };
    return planCell(cell, { snapshot, tools, refuse }) ?? [];
  });
  if (issues.length > 0) throw invalidSpec(issues.slice(0, ISSUES_MAX));
  return cells;
}

interface CellContext {
  snapshot: SnapshotDescription;
  tools: PlanningTools;
  refuse: (reason: string) => void;
}

function planCell(cell: ExpandedCell, { snapshot, tools, refuse }: CellContext): PlannedCell | undefined {
  const { smoothing, strategy } = cell.settings;
  const plan = buildPlan(cell, snapshot, refuse);
  if (plan === undefined) return undefined;
  const planSummary: PlanSummary = {
    convention: smoothing.convention,
    epsilon: smoothing.epsilon,
    canonicalEpsilon: uniformEquivalent(plan),
    strategy: strategy.kind,
    // Only normalised conventions can be swept.
    rowSum: 1,
    explanation: explainPlan(plan),
  };
  return { ...cell, id: `cel_${tools.hash(canonicalJson(cell.values)).slice(0, 16)}`, plan, planSummary };
}

/** What a strategy cannot do with these data, such as weighting a class without rows, is a mistake of the specification. */
function buildPlan(
  { settings }: ExpandedCell,
  { classCount, trainClassCounts }: SnapshotDescription,
  refuse: (reason: string) => void,
): TargetPlan | undefined {
  const { smoothing, strategy, training } = settings;
  try {
    const plan = buildTargetPlan({ smoothing, strategy }, { classCount, classCounts: trainClassCounts });
    const obstacle = obstacleTo(plan, training, trainClassCounts);
    if (obstacle === undefined) return plan;
    refuse(obstacle);
  } catch (error) {
    if (!(error instanceof ArgumentError)) throw error;
    refuse(error.message);
  }
  return undefined;
}

/**
 * The one number by which strengths are compared. A plan that mixes with a prior has a strength per class in the
 * off-target convention: then it is that of the convention; a strategy that varies the strength by class has none.
 */
function uniformEquivalent({ epsilon, mixing, smoothing, classCount }: TargetPlan): number | null {
  if (typeof epsilon === "number") return epsilon;
  return mixing.kind === "uniform" ? null : canonicalEpsilon(smoothing, classCount);
}

/** Naming cross-entropy is the same as leaving the loss out. */
function withoutDefaultLoss({ loss, ...training }: TrainingSpec): TrainingSpec {
  return loss === undefined || loss.kind === "cross-entropy" ? training : { ...training, loss };
}

interface TrialInput {
  sweepId: string;
  spec: SweepSpec;
  snapshot: SnapshotDescription;
  cells: PlannedCell[];
  tools: PlanningTools;
}

function planTrials({ sweepId, spec, snapshot, cells, tools }: TrialInput): PlannedTrial[] {
  const representatives = new Map<string, string>();
  const groupIds = new Map<string, string>();
  const groupOf = (shared: string) => {
    const known = groupIds.get(shared);
    if (known !== undefined) return known;
    const groupId = `grp_${tools.hash(canonicalJson([sweepId, shared])).slice(0, 24)}`;
    groupIds.set(shared, groupId);
    return groupId;
  };
  return cells.flatMap((cell, cellIndex) => {
    const { training } = cell.settings;
    const settings = canonicalJson([snapshot.id, spec.model, withoutDefaultLoss(training)]);
    // With the seed, all that a pack shares: others cannot be trained in one program.
    const program = canonicalJson([snapshot.id, spec.model, sharedTraining(training)]);
    const planKey = equivalenceKey(cell.plan);
    return spec.seeds.map((seed, seedIndex) => {
      const id = tools.newId("trl");
      const shared = `${settings} seed ${seed}`;
      const fingerprint = tools.hash(`training ${TRAINING_VERSION} ${shared} plan ${planKey}`);
      const representativeId = representatives.get(fingerprint) ?? null;
      if (representativeId === null) representatives.set(fingerprint, id);
      const ordinal = cellIndex * spec.seeds.length + seedIndex;
      return { id, ordinal, cell, seed, fingerprint, groupId: groupOf(`${program} seed ${seed}`), representativeId };
    });
  });
}
