import type { EngineInfo, EpochReport, SplitMetrics, TrialMetrics } from "@smoothsweep/contracts";
import type { AcceptedResult, Claim } from "@smoothsweep/sweeps";

export const testEngine: EngineInfo = { name: "cpu", version: "test", device: "test", threads: 1 };

/** Metrics of a split; the accuracy tells results apart. */
export function splitMetrics(accuracy = 0.9): SplitMetrics {
  return { accuracy, nll: 0.3, brier: 0.2, ece: 0.05, signedGap: -0.05, logitNorm: 4 };
}

export function trialMetrics(accuracy = 0.9): TrialMetrics {
  return {
    validation: splitMetrics(accuracy),
    test: splitMetrics(accuracy),
    temperature: 0.8,
    temperatureOptimum: "interior",
    scaledTest: { nll: 0.28, ece: 0.02, brier: 0.19 },
    trainLoss: 0.6,
    excessLoss: 0.1,
  };
}

export function epochReport(epoch: number): EpochReport {
  return {
    epoch,
    trainLoss: 1 / epoch,
    excessLoss: 0.5 / epoch,
    validation: splitMetrics(),
    learningRate: 0.05,
    examplesPerSecond: 1000,
  };
}

/** A result of an attempt with two epochs. */
export function acceptedResult(claim: Claim, accuracy = 0.9): AcceptedResult {
  return {
    trialId: claim.trialId,
    token: claim.token,
    metrics: trialMetrics(accuracy),
    reports: [epochReport(1), epochReport(2)],
    predictions: [
      { split: "test", rows: 2, classCount: 3, encoding: "f16le+deflate", bytes: new Uint8Array([1, 2, 3]) },
    ],
    engine: testEngine,
    provenance: { host: "test" },
    seconds: 1.5,
  };
}
