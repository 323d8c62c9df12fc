import { expect, test } from "vitest";
import { installedEngines } from "../../test/fixtures/installedEngines.ts";
import { packRequest, recordPack, smoothedTrial } from "../../test/fixtures/packs.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { decodePredictions } from "../predictions/encodePredictions.ts";
import { trainPack } from "./trainPack.ts";

/**
 * Single precision sums in another order differ in the seventh digit; 15 steps of training multiply that by about 10.
 * Stored logits have 11 significant bits, so they may differ by one unit of those.
 */
const LOSS_TOLERANCE = 1e-5;
const LOGIT_TOLERANCE = 2 ** -9;

async function train(name: (typeof installedEngines)[number], epsilons: readonly number[]) {
  const engine = await resolveEngine(name);
  const recorded = recordPack();
  try {
    await trainPack(engine, packRequest(epsilons.map((epsilon) => smoothedTrial(epsilon))), recorded.hooks);
  } finally {
    engine.dispose();
  }
  const outcome = recorded.outcomes.find(({ trialId }) => trialId === "epsilon-0.1");
  const losses = recorded.reports.filter(({ trialId }) => trialId === "epsilon-0.1");
  return {
    losses: losses.map(({ report }) => report.trainLoss),
    logits: (outcome?.predictions ?? []).flatMap((blob) => Array.from(decodePredictions(blob))),
  };
}

function expectAgreement(actual: Awaited<ReturnType<typeof train>>, expected: Awaited<ReturnType<typeof train>>) {
  expect(actual.losses).toHaveLength(3);
  expect(actual.logits).toHaveLength(2 * 75 * 5);
  actual.losses.forEach((loss, index) => {
    expect(Math.abs(loss - (expected.losses[index] as number))).toBeLessThan(LOSS_TOLERANCE);
  });
  const scale = Math.max(...expected.logits.map(Math.abs));
  actual.logits.forEach((logit, index) => {
    expect(Math.abs(logit - (expected.logits[index] as number))).toBeLessThan(LOGIT_TOLERANCE * scale);
  });
}

test.each(installedEngines)("a whole training run on %s agrees with the reference", async (name) => {
  expectAgreement(await train(name, [0.1]), await train("cpu", [0.1]));
});

test.each(installedEngines)("a trial in a pack on %s agrees with the same trial alone", async (name) => {
  expectAgreement(await train(name, [0.3, 0.2, 0.1, 0]), await train(name, [0.1]));
});
