import { createHash } from "node:crypto";
import { readFileSync } from "node:fs";
import { fileURLToPath } from "node:url";
import { isAppError } from "@smoothsweep/contracts";
import { loadSnapshot, type Snapshot } from "@smoothsweep/datasets";
import { cacheDirectory, readEnvironment } from "@smoothsweep/runtime";
import { type PlannedTrial, parseSweepSpec, planSweep } from "@smoothsweep/sweeps";
import { resolveEngine, type TrialOutcome, trainPack } from "@smoothsweep/training";
import { beforeAll, describe, expect, test } from "vitest";
import { parse } from "yaml";
import { compareWithPeer, isWithinTolerance, type PeerCell } from "../../../bench/sweep/agreement.ts";

const EPSILONS = [0, 0.1, 0.3];
const read = (path: string) => readFileSync(fileURLToPath(new URL(`../../../${path}`, import.meta.url)), "utf8");

const inputShape = { kind: "vector", features: 784 } as const;
const catalogue = { mnist: { trainRows: 60_000, testRows: 10_000, classCount: 10, inputShape } };
const spec = parseSweepSpec(
  { ...parse(read("studies/standard-sweep.yaml")), axes: { "smoothing.epsilon": EPSILONS }, seeds: [0] },
  catalogue,
);

let data: Snapshot | undefined;
let unreachable: string | undefined;
beforeAll(async () => {
  const environment = readEnvironment();
  try {
    data = await loadSnapshot(spec.data, { cacheDirectory: cacheDirectory(environment), environment });
  } catch (error) {
    if (!isAppError(error) || error.code !== "dataset_unreachable") throw error;
    unreachable = `STANDARD SWEEP NOT RUN: ${error.message}. ${error.fix}`;
    process.stderr.write(`\n${unreachable}\n`);
  }
});

function planTrials(snapshot: Snapshot): PlannedTrial[] {
  let count = 0;
  const trainClassCounts = Array.from({ length: 10 }, (_, label) => {
    return snapshot.train.labels.filter((one) => one === label).length;
  });
  const hash = (text: string) => createHash("sha256").update(text).digest("hex");
  const description = { id: snapshot.id, classCount: 10, featureCount: 784, trainClassCounts };
  return planSweep(spec, description, { hash, newId: (prefix) => `${prefix}_${++count}` }).trials;
}

async function train(snapshot: Snapshot, trials: readonly PlannedTrial[]): Promise<TrialOutcome[]> {
  const outcomes: TrialOutcome[] = [];
  const request = {
    model: spec.model,
    training: spec.training,
    seed: 0,
    trials: trials.map(({ id, cell }) => ({ trialId: id, plan: cell.plan })),
    data: snapshot,
  };
  await trainPack(await resolveEngine("auto"), request, {
    onEpoch: () => undefined,
    onResult: (outcome) => outcomes.push(outcome),
    onFailure: (_, error) => {
      throw error;
    },
    onProgress: () => undefined,
    signal: new AbortController().signal,
  });
  return outcomes;
}

describe("the standard sweep", () => {
  test("accuracy and calibration error per epsilon are those of Optuna + PyTorch, within seed noise", async ({
    skip,
  }) => {
    if (data === undefined) return skip(unreachable);
    const trials = planTrials(data);
    const outcomes = await train(data, trials);
    const points = trials.map(({ id, cell }) => {
      const test = outcomes.find(({ trialId }) => trialId === id)?.metrics.test;
      const { epsilon, convention } = cell.settings.smoothing;
      return { epsilon, convention, seed: 0, accuracy: test?.accuracy ?? Number.NaN, ece: test?.ece ?? Number.NaN };
    });
    const { cells } = JSON.parse(read("bench/peers/optunaTorchResults.json")) as { cells: PeerCell[] };
    const comparisons = compareWithPeer(points, cells);
    expect(comparisons).toHaveLength(2 * EPSILONS.length);
    expect(comparisons.filter((comparison) => !isWithinTolerance(comparison))).toEqual([]);
  }, 300_000);
});
