import { AppError, type PredictionBlob, type TrainPackRequest } from "@smoothsweep/contracts";
import type { PredictionStore } from "@smoothsweep/sweeps";
import type { TrainingProcess } from "../supervision/trainingProcess.ts";
import { retrying } from "./retrying.ts";

async function teachersOf(
  { trials }: TrainPackRequest,
  predictions: PredictionStore,
  signal: AbortSignal,
): Promise<Record<string, PredictionBlob>> {
  const runs = new Set(trials.flatMap(({ plan }) => (plan.mixing.kind === "teacher" ? [plan.mixing.run] : [])));
  const teachers: Record<string, PredictionBlob> = {};
  for (const run of runs) {
    const logits = await retrying(() => predictions.read(run, "train"), signal);
    if (logits === null) {
      throw new AppError("training_failed", `the logits of training rows of trial ${run}, the teacher, are gone`);
    }
    teachers[run] = logits;
  }
  return teachers;
}

/**
 * A training process that is given the stored logits of the teachers whose predictions a pack's plans mix in.
 * @throws AppError `training_failed` from `train`, when they were deleted since the sweep was submitted
 */
export function withTeachers(training: TrainingProcess, predictions: PredictionStore): TrainingProcess {
  return {
    ...training,
    get isAlive() {
      return training.isAlive;
    },
    train: async (request, onMessage, options) => {
      const teachers = await teachersOf(request, predictions, options.signal);
      return training.train({ ...request, teachers }, onMessage, options);
    },
  };
}
