import type { TrainingSettings } from "../settings/trainingSettings.ts";

/** Shares of the training after which the `step` schedule divides the rate by 10 once more. */
const MILESTONES = [1 / 2, 3 / 4] as const;

/** The schedule's own factor at step t of T. */
function scheduleFactor(schedule: TrainingSettings["schedule"], step: number, stepCount: number): number {
  switch (schedule) {
    case "constant":
      return 1;
    case "cosine":
      return (1 + Math.cos((Math.PI * step) / stepCount)) / 2;
    case "step":
      return 10 ** -MILESTONES.filter((share) => step >= share * stepCount).length;
  }
}

/**
 * The learning rate of one step.
 *
 *     constant: lr          cosine: lr (1 + cos(pi t / T)) / 2,  t = 0 .. T-1
 *     step: lr until t = T/2, lr / 10 until t = 3T/4, then lr / 100 (He et al. 2016 on CIFAR-10)
 *
 * With W steps of warm-up, lr (t + 1) / W for t < W; the schedule then runs over the other T - W steps.
 * Without, the first step has the full rate; the last one is above zero, so that no step is wasted.
 *
 * @param step t, counted over all epochs from 0
 * @param stepCount T, the steps of the whole training
 * @see Loshchilov and Hutter 2017, SGDR (one period, no restart)
 */
export function learningRateAt(
  training: Pick<TrainingSettings, "epochs" | "optimizer" | "schedule" | "warmUpEpochs">,
  step: number,
  stepCount: number,
): number {
  const base = training.optimizer.learningRate;
  const warmUpSteps = Math.round((Math.min(training.warmUpEpochs ?? 0, training.epochs) * stepCount) / training.epochs);
  if (step < warmUpSteps) return (base * (step + 1)) / warmUpSteps;
  return base * scheduleFactor(training.schedule, step - warmUpSteps, stepCount - warmUpSteps);
}
