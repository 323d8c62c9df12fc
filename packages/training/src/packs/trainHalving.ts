import type { Engine } from "../engines/engine.ts";
import { isEngineBroken } from "./isEngineBroken.ts";
import { isOutOfMemory } from "./isOutOfMemory.ts";
import { halvingNote } from "./packNotes.ts";
import type { PackHooks, PackRequest } from "./packTypes.ts";

type TrainTogether = (engine: Engine, request: PackRequest, hooks: PackHooks) => Promise<void>;

/** Hooks that note which trials have ended, one way or the other. */
function notingEnds(hooks: PackHooks, ended: Set<string>): PackHooks {
  return {
    ...hooks,
    onResult: (outcome) => {
      ended.add(outcome.trialId);
      hooks.onResult(outcome);
    },
    onFailure: (trialId, error, epoch) => {
      ended.add(trialId);
      hooks.onFailure(trialId, error, epoch);
    },
  };
}

/**
 * Trains trials in one program; where memory runs out, in two halves one after another, and so on. The halves begin
 * anew: their epochs are reported again, with the same numbers (law 6).
 *
 * @throws what the engine throws, of memory when not even one trial fits
 */
export async function trainHalving(
  train: TrainTogether,
  engine: Engine,
  { request, hooks }: { request: PackRequest; hooks: PackHooks },
): Promise<void> {
  const ended = new Set<string>();
  try {
    await train(engine, request, notingEnds(hooks, ended));
  } catch (error) {
    const trials = request.trials.filter(({ trialId }) => !ended.has(trialId));
    if (!isOutOfMemory(error) || isEngineBroken(error) || request.trials.length === 1) throw error;
    await engine.reclaim?.();
    if (trials.length > 0) hooks.onNote?.(halvingNote(trials, request.trials.length));
    const half = Math.ceil(trials.length / 2);
    for (const part of [trials.slice(0, half), trials.slice(half)]) {
      if (part.length > 0) await trainHalving(train, engine, { request: { ...request, trials: part }, hooks });
    }
  }
}
