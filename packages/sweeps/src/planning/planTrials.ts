import { type SweepSpec, sharedTraining, type TrainingSpec } from "@smoothsweep/contracts";
import { equivalenceKey } from "@smoothsweep/smoothing";
import { canonicalJson } from "./canonicalJson.ts";
import type { PlannedCell, PlannedTrial, PlanningTools, SnapshotDescription } from "./plannedSweep.ts";
import type { Steps } from "./steps.ts";

/**
 * Version of what training computes: raise it when the same trial would give other numbers, so that earlier results are
 * no longer taken for equivalent.
 */
export const TRAINING_VERSION = 2;

/** Trials that are planned in one step. */
const TRIALS_PER_STEP = 100;

/** Naming cross-entropy is the same as leaving the loss out. */
function withoutDefaultLoss({ loss, ...training }: TrainingSpec): TrainingSpec {
  return loss === undefined || loss.kind === "cross-entropy" ? training : { ...training, loss };
}

export interface TrialInput {
  sweepId: string;
  spec: SweepSpec;
  snapshot: SnapshotDescription;
  cells: readonly PlannedCell[];
  tools: PlanningTools;
  /** Fingerprint -> trial that is trained for it already; those planned here are added. */
  representatives: Map<string, string>;
  /** Whether the sweep has this trial already. */
  isKnown: (cellId: string, seed: number) => boolean;
  firstOrdinal: number;
}

/** The trials that the sweep has not got yet, in the order of their cells. */
export function* planTrials(input: TrialInput): Steps<PlannedTrial[]> {
  const { spec, snapshot, tools, representatives } = input;
  const groupOf = groupNames(input.sweepId, tools);
  const trials: PlannedTrial[] = [];
  for (const cell of input.cells) {
    const { training } = cell.settings;
    const settings = canonicalJson([snapshot.id, spec.model, withoutDefaultLoss(training)]);
    // With the seed, all that a pack shares: others cannot be trained in one program.
    const program = canonicalJson([snapshot.id, spec.model, sharedTraining(training)]);
    const planKey = equivalenceKey(cell.plan);
    for (const seed of spec.seeds) {
      if (input.isKnown(cell.id, seed)) continue;
      const id = tools.newId("trl");
      const fingerprint = tools.hash(`training ${TRAINING_VERSION} ${settings} seed ${seed} plan ${planKey}`);
      const representativeId = representatives.get(fingerprint) ?? null;
      if (representativeId === null) representatives.set(fingerprint, id);
      const ordinal = input.firstOrdinal + trials.length;
      trials.push({
        id,
        ordinal,
        cell,
        seed,
        fingerprint,
        groupId: groupOf(`${program} seed ${seed}`),
        representativeId,
      });
      if (trials.length % TRIALS_PER_STEP === 0) yield;
    }
  }
  return trials;
}

/** Names groups by what their trials share, each once: the same group has the same name whenever trials are added. */
function groupNames(sweepId: string, tools: PlanningTools): (shared: string) => string {
  const names = new Map<string, string>();
  return (shared) => {
    const known = names.get(shared);
    if (known !== undefined) return known;
    const groupId = `grp_${tools.hash(canonicalJson([sweepId, shared])).slice(0, 24)}`;
    names.set(shared, groupId);
    return groupId;
  };
}
