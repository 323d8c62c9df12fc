import { type ChildMessage, type TrainPackRequest, toAppError } from "@smoothsweep/contracts";
import {
  decodePredictions,
  type Engine,
  isEngineBroken,
  type PackHooks,
  type PackTrial,
  trainPack,
} from "@smoothsweep/training";
import type { SnapshotLoader } from "./snapshotLoader.ts";

export interface TrainInput {
  engine: Engine;
  loadSnapshot: SnapshotLoader;
  request: TrainPackRequest;
  send: (message: ChildMessage) => void;
  signal: AbortSignal;
}

/** The trials of a pack, those with a teacher with its logits. */
function trialsOf({ trials, teachers = {} }: TrainPackRequest): PackTrial[] {
  return trials.map((trial) => {
    const { mixing } = trial.plan;
    const logits = mixing.kind === "teacher" ? teachers[mixing.run] : undefined;
    return logits === undefined ? trial : { ...trial, teacherLogits: decodePredictions(logits) };
  });
}

/**
 * Trains one pack and reports it trial by trial. Never rejects: what goes wrong is said as messages.
 * @returns whether the engine is sound; if not, what was said last is why, and the process must not train again
 */
export async function trainRequest({ engine, loadSnapshot, request, send, signal }: TrainInput): Promise<boolean> {
  const { packId, model, seed } = request;
  const trials = trialsOf(request);
  const open = new Set(trials.map(({ trialId }) => trialId));
  const hooks: PackHooks = {
    onEpoch: (trialId, report) => send({ kind: "epoch", packId, trialId, report }),
    onResult: (outcome) => {
      open.delete(outcome.trialId);
      send({ kind: "result", packId, ...outcome });
    },
    onFailure: (trialId, { code, message }, epoch) => {
      open.delete(trialId);
      send({ kind: "failed", packId, trialId, code, message, ...(epoch !== undefined && { epoch }) });
    },
    onNote: ({ trialIds, text }) => send({ kind: "note", packId, trialIds: [...trialIds], text }),
    onProgress: () => send({ kind: "progress", packId }),
    signal,
  };
  try {
    // A download says how it goes, so that the deadline meets one that is stuck and not one that is slow.
    const data = await loadSnapshot(request, { signal, onProgress: hooks.onProgress });
    await trainPack(engine, { model, training: request.trials[0]!.training, seed, trials, data }, hooks);
    return true;
  } catch (error) {
    const { code, message } = toAppError(error, "training_failed");
    if (isEngineBroken(error)) {
      send({ kind: "broken", packId, message });
      return false;
    }
    for (const trialId of open) send({ kind: "failed", packId, trialId, code, message });
    return true;
  }
}
