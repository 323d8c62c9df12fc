import type { EpochReport, TrialMetrics } from "@smoothsweep/contracts";
import type { FixtureCell } from "./fixturePlans.ts";
import { seededNormal } from "./seededNormal.ts";

/** Metrics that look like those of a small MLP: smoothing first helps calibration, then makes it underconfident. */
export function fixtureMetrics({ plan, id }: FixtureCell, seed: number): TrialMetrics {
  const epsilon = plan.canonicalEpsilon ?? 0;
  const noise = (name: string) => seededNormal(`${id}/${seed}/${name}`) * 0.6 + seededNormal(`${seed}/${name}`) * 0.5;
  const prior = plan.strategy === "class-prior" ? 1 : 0;
  const accuracy = 0.9415 + 0.032 * epsilon * (1.1 - 1.9 * epsilon) + 0.0007 * prior * epsilon + 0.0016 * noise("a");
  const gap = 0.021 - 0.86 * epsilon * (1 - 0.04 * prior) + 0.0022 * noise("e");
  const ece = Math.hypot(gap, 0.0065);
  const nll = 0.218 + 0.68 * epsilon ** 1.35 - 0.25 * epsilon * Math.exp(-9 * epsilon) + 0.004 * noise("n");
  const scaledEce = 0.0088 + 0.012 * epsilon + 0.0011 * Math.abs(noise("s"));
  const split = { accuracy, nll, brier: 0.089 + 0.11 * epsilon, ece, signedGap: gap, logitNorm: 11.4 - 9 * epsilon };
  return {
    validation: { ...split, accuracy: accuracy - 0.004 },
    test: split,
    temperature: 1.32 * Math.exp(-1.9 * epsilon) + 0.012 * noise("t"),
    temperatureOptimum: "interior",
    scaledTest: { nll: 0.205 + 0.055 * epsilon + 0.003 * noise("n"), ece: scaledEce, brier: 0.087 + 0.01 * epsilon },
    trainLoss: 0.06 + 2.1 * epsilon,
    excessLoss: 0.06 + 0.05 * epsilon,
  };
}

/** Reports of the first `count` epochs: they approach the final metrics. */
export function fixtureReports(cell: FixtureCell, seed: number, count: number): EpochReport[] {
  const final = fixtureMetrics(cell, seed);
  return Array.from({ length: count }, (_, index) => {
    const epoch = index + 1;
    const rest = Math.exp(-0.75 * epoch);
    const wobble = 0.0015 * seededNormal(`${cell.id}/${seed}/${epoch}`);
    const { validation } = final;
    return {
      epoch,
      trainLoss: final.trainLoss + 1.4 * rest,
      excessLoss: final.excessLoss + 1.2 * rest,
      validation: {
        ...validation,
        accuracy: validation.accuracy - 0.11 * rest + wobble,
        nll: validation.nll + 0.52 * rest - wobble,
        ece: Math.max(0.004, validation.ece + 0.05 * rest + wobble),
      },
      learningRate: 0.025 * (1 + Math.cos((Math.PI * epoch) / 6)),
      examplesPerSecond: 41_000,
    };
  });
}
