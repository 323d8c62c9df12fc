import { AppError } from "@smoothsweep/contracts";
import type { SamplingPlan, TargetPlan } from "@smoothsweep/smoothing";
import type { Engine } from "../engines/engine.ts";
import { createModel } from "../models/createModel.ts";
import type { PackModel } from "../models/packModel.ts";
import { memoryCount } from "../optimizers/updateParameter.ts";
import { type LossSettings, lossOf } from "../settings/lossSettings.ts";
import type { TrainingSettings } from "../settings/trainingSettings.ts";
import { createTargetTimeline, type EpochTargets, type TargetTimeline } from "../targets/targetTimeline.ts";
import { createPacemaker, type Pacemaker } from "./pacemaker.ts";
import { disposeState, initialState, keepCopies, type PackState } from "./packState.ts";
import type { PackHooks, PackRequest } from "./packTypes.ts";
import { trainingOf } from "./splitPack.ts";

/** A trial that is still training. */
export interface ActiveTrial {
  readonly trialId: string;
  /** The plan of the whole training; see `timeline` for one epoch of it. */
  readonly plan: TargetPlan;
  readonly training: TrainingSettings;
  readonly loss: LossSettings;
  readonly timeline: TargetTimeline;
}

/** A pack under way: its request, its tensors, and the trials that are still in it, in the order of the pack axis. */
export interface PackRun {
  readonly engine: Engine;
  readonly request: PackRequest;
  readonly hooks: PackHooks;
  readonly model: PackModel;
  /** How rows are drawn, the same for all trials of the run: `splitPack` sees to it. */
  readonly sampling: SamplingPlan | null;
  readonly pacemaker: Pacemaker;
  /** Mean H(q) over all training rows, for targets that stay the same from epoch to epoch. */
  readonly meanEntropies: WeakMap<EpochTargets, number>;
  /** Milliseconds of `performance.now()` when the pack began. */
  readonly startedAt: number;
  trials: ActiveTrial[];
  state: PackState;
  /** Steps taken, over all epochs. */
  step: number;
}

/** Begins the training of trials that can train in one program, see `splitPack`; the request's settings are the shared ones. */
export function startRun(engine: Engine, request: PackRequest, hooks: PackHooks): PackRun {
  const { data, trials, seed } = request;
  const model = createModel(engine.tf, request.model, data);
  const memories = memoryCount(request.training.optimizer);
  return {
    engine,
    request,
    hooks,
    model,
    sampling: trials[0]?.plan.sampling ?? null,
    pacemaker: createPacemaker(hooks),
    meanEntropies: new WeakMap(),
    startedAt: performance.now(),
    trials: trials.map((trial) => {
      const { trialId, plan, teacherLogits } = trial;
      const training = trainingOf(trial, request);
      const loss = lossOf(training);
      return { trialId, plan, training, loss, timeline: createTargetTimeline(plan, { loss, teacherLogits }) };
    }),
    state: initialState(engine.tf, model, { seed, copies: trials.length, memories }),
    step: 0,
  };
}

/** Ends the trials at the given positions of the pack axis as diverged; the others are not touched. */
export function failDiverged(run: PackRun, positions: ReadonlySet<number>, epoch: number): void {
  if (positions.size === 0) return;
  for (const position of positions) {
    const { trialId } = run.trials[position] as ActiveTrial;
    const error = new AppError("trial_diverged", `training diverged in epoch ${epoch}: numbers are no longer finite`, {
      context: { trialId, epoch },
      fix: "Lower `training.optimizer.learningRate`.",
    });
    run.hooks.onFailure(trialId, error, epoch);
  }
  const kept = run.trials.map((_, position) => position).filter((position) => !positions.has(position));
  run.trials = kept.map((position) => run.trials[position] as ActiveTrial);
  if (kept.length > 0) run.state = keepCopies(run.engine.tf, run.state, kept);
}

export function endRun(run: PackRun): void {
  disposeState(run.engine.tf, run.state);
}
