import type { PlanSummary, SweepSpec } from "@smoothsweep/contracts";
import { buildTargetPlan, canonicalEpsilon, equivalenceKey, explainPlan } from "@smoothsweep/smoothing";
import { canonicalJson } from "./canonicalJson.ts";
import { type ExpandedCell, expandCells } from "./expandCells.ts";
import type { PlannedCell, PlannedSweep, PlannedTrial, SnapshotDescription } from "./plannedSweep.ts";

/**
 * Version of what training computes: raise it when the same trial would give other numbers, so that earlier results are
 * no longer taken for equivalent.
 */
export const TRAINING_VERSION = 1;

export interface PlanningTools {
  /** Hexadecimal SHA-256 of a text. */
  hash: (text: string) => string;
  newId: (prefix: "swp" | "trl") => string;
}

/**
 * Turns a specification into trials: every cell gets its target plan, every trial its fingerprint, its group and, when
 * an earlier trial has the same fingerprint, that one as its representative.
 * @throws ArgumentError of `@smoothsweep/smoothing` when a cell's smoothing is outside its domain.
 */
export function planSweep(spec: SweepSpec, snapshot: SnapshotDescription, tools: PlanningTools): PlannedSweep {
  const id = tools.newId("swp");
  const cells = expandCells(spec).map((cell) => planCell(cell, snapshot, tools));
  const trials = planTrials({ sweepId: id, spec, snapshot, cells, tools });
  const distinct = trials.filter(({ representativeId }) => representativeId === null).length;
  return { id, spec, specHash: tools.hash(canonicalJson(spec)), snapshot, cells, trials, distinct };
}

function planCell(cell: ExpandedCell, snapshot: SnapshotDescription, tools: PlanningTools): PlannedCell {
  const { smoothing, strategy } = cell.settings;
  const plan = buildTargetPlan(
    { smoothing, strategy },
    { classCount: snapshot.classCount, classCounts: snapshot.trainClassCounts },
  );
  const planSummary: PlanSummary = {
    convention: smoothing.convention,
    epsilon: smoothing.epsilon,
    canonicalEpsilon: canonicalEpsilon(smoothing, snapshot.classCount),
    strategy: strategy.kind,
    rowSum: 1,
    explanation: explainPlan(plan),
  };
  return { ...cell, id: `cel_${tools.hash(canonicalJson(cell.values)).slice(0, 16)}`, plan, planSummary };
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
    // What the trials of a cell share; with the seed, all that a pack shares: others cannot be trained in one program.
    const settings = canonicalJson([snapshot.id, spec.model, cell.settings.training]);
    const planKey = equivalenceKey(cell.plan);
    return spec.seeds.map((seed, seedIndex) => {
      const id = tools.newId("trl");
      const shared = `${settings} seed ${seed}`;
      const fingerprint = tools.hash(`training ${TRAINING_VERSION} ${shared} plan ${planKey}`);
      const representativeId = representatives.get(fingerprint) ?? null;
      if (representativeId === null) representatives.set(fingerprint, id);
      const ordinal = cellIndex * spec.seeds.length + seedIndex;
      return { id, ordinal, cell, seed, fingerprint, groupId: groupOf(shared), representativeId };
    });
  });
}
