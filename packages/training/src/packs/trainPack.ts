import { AppError, labelsPerRow } from "@smoothsweep/contracts";
import type { Engine } from "../engines/engine.ts";
import { lossOf } from "../settings/lossSettings.ts";
import { checkTrial } from "./checkTrial.ts";
import { type EvaluatedTrial, evaluateEpoch } from "./evaluateEpoch.ts";
import { finishTrials } from "./finishTrials.ts";
import { packNotes } from "./packNotes.ts";
import { endRun, startRun } from "./packRun.ts";
import type { PackData, PackHooks, PackRequest, Split } from "./packTypes.ts";
import { splitPack, trainingOf } from "./splitPack.ts";
import { trainEpoch } from "./trainEpoch.ts";
import { trainHalving } from "./trainHalving.ts";

function checkSplit(name: string, split: Split, sizes: PackData): void {
  const rows = split.labels.length / labelsPerRow(sizes.inputShape);
  const expected = rows * sizes.featureCount;
  if (rows === 0 || split.inputs.length !== expected) {
    throw new AppError("training_failed", `\`${name}\` must have rows x features = ${expected} inputs and a row`, {
      context: { rows, inputs: split.inputs.length },
    });
  }
  if (split.labels.some((label) => label < 0 || label >= sizes.classCount)) {
    throw new AppError("training_failed", `labels of \`${name}\` must be in [0, ${sizes.classCount})`);
  }
}

function checkRequest(request: PackRequest): void {
  const { data, trials } = request;
  if (trials.length === 0) throw new AppError("training_failed", "a pack must have at least 1 trial, got 0");
  checkSplit("train", data.train, data);
  checkSplit("validation", data.validation, data);
  checkSplit("test", data.test, data);
  for (const given of trials) {
    const training = trainingOf(given, request);
    checkTrial({ ...given, training }, lossOf(training), data);
  }
}

async function trainPart(engine: Engine, request: PackRequest, hooks: PackHooks): Promise<void> {
  const run = startRun(engine, request, hooks);
  try {
    let evaluated: EvaluatedTrial[] = [];
    for (let epoch = 1; epoch <= request.training.epochs && run.trials.length > 0; epoch++) {
      const trained = await trainEpoch(run, epoch);
      evaluated = await evaluateEpoch(run, epoch, trained);
    }
    if (run.trials.length > 0) await finishTrials(run, evaluated);
  } finally {
    endRun(run);
  }
}

/**
 * Trains the trials of one group together and reports through the hooks: per epoch and trial a report, then per trial
 * one result or one failure. Trials that cannot share batches train one part after another: see `splitPack`; where memory
 * runs out, one half after the other: see `trainHalving`.
 * A trial's numbers are functions of its plan, its settings, the shared specification, the data and the seed; on wasm and cpu they are
 * bit for bit the same in every pack (law 6).
 *
 * One pack at a time per copy of TensorFlow.js.
 *
 * @throws AppError `aborted` within one batch after `hooks.signal` was raised; `training_failed` for data that do not
 *   fit together and plans that cannot be honoured; whatever the engine throws. Trials that had no result or failure by
 *   then have none. No tensor stays.
 */
export async function trainPack(engine: Engine, request: PackRequest, hooks: PackHooks): Promise<void> {
  checkRequest(request);
  await engine.activate();
  const parts = splitPack(request);
  for (const note of packNotes(request, parts)) hooks.onNote?.(note);
  for (const part of parts) {
    await trainHalving(trainPart, engine, { request: { ...request, ...part }, hooks });
  }
}
