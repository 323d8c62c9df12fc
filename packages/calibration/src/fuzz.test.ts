import fc from "fast-check";
import { describe, expect, it } from "vitest";
import * as calibration from "./index.ts";

const nasty = fc.constantFrom(
  Number.NaN,
  Infinity,
  -Infinity,
  -1,
  -0,
  0,
  0.5,
  1,
  1.5,
  3,
  5e-324,
  1e-300,
  1e308,
  -1e308,
);
const mostly = (usual: fc.Arbitrary<number>) =>
  fc.oneof({ weight: 12, arbitrary: usual }, { weight: 1, arbitrary: nasty });
const real = mostly(fc.double({ min: -1e4, max: 1e4, noNaN: true }));
const unit = mostly(fc.double({ min: 0, max: 1, noNaN: true }));
const sized = (entry: fc.Arbitrary<number>, length: number) =>
  fc.oneof(
    { weight: 15, arbitrary: fc.array(entry, { minLength: length, maxLength: length }) },
    { weight: 1, arbitrary: fc.array(entry, { maxLength: 4 }) },
  );
const named = <Name extends string>(...names: Name[]) =>
  fc.oneof(
    { weight: 12, arbitrary: fc.constantFrom(...names) },
    { weight: 1, arbitrary: fc.constant("anything" as Name) },
  );

/** Arguments that mostly fit each other: N examples of K classes. */
const values = fc.tuple(fc.integer({ min: 0, max: 6 }), fc.integer({ min: 1, max: 4 })).chain(([N, K]) =>
  fc.record({
    logits: sized(real, N * K),
    rows: fc.array(fc.array(fc.double({ min: 0.01, max: 1, noNaN: true }), { minLength: K, maxLength: K }), {
      minLength: N,
      maxLength: N,
    }),
    labels: sized(mostly(fc.integer({ min: 0, max: K - 1 })), N),
    classCount: fc.constant(K),
    confidences: sized(unit, N),
    outcomes: sized(fc.constantFrom(0, 1, 0, 1, 0, 1, 0.5), N),
    first: sized(real, N),
    second: sized(real, N),
    prior: sized(unit, K),
    matrix: sized(unit, K * K),
    unit,
    real,
    whole: mostly(fc.integer({ min: 0, max: 20 })),
    preset: named("default15", "guo15", "torchmetrics15", "netcal10", "kumar-mass15-debiased", "tfp"),
    width: named("equal-width", "equal-mass"),
    direction: named("maximise", "minimise"),
    sum: fc.constantFrom(1, 1, 1, 1, 1.2),
  }),
);
type Values = typeof values extends fc.Arbitrary<infer Value> ? Value : never;

const forecastsOf = ({ rows, labels, classCount, sum }: Values): calibration.Forecasts => ({
  probabilities: rows.flatMap((row) => row.map((share) => (share / row.reduce((a, b) => a + b)) * sum)),
  labels,
  classCount,
});
const binningOf = ({ preset, width, whole }: Values): calibration.BinningOptions => ({ preset, width, bins: whole });
const scoredOf = ({ first, outcomes }: Values) => ({ scores: first, outcomes });
const samplesOf = ({ first, second }: Values) => [first, second].map((seeds) => seeds.map((value) => [value, -value]));

const calls: Record<string, (given: Values) => unknown> = {
  evaluate: (given) => calibration.evaluate(given, { temperature: given.unit, bins: given.whole }),
  fitTemperature: (given) => calibration.fitTemperature(given),
  "fitTemperature between bounds": (given) =>
    calibration.fitTemperature(given, { temperatureMin: given.unit, temperatureMax: given.real }),
  fitVectorScaling: (given) => calibration.fitVectorScaling(given, { penalty: given.unit }),
  applyVectorScaling: (given) =>
    calibration.applyVectorScaling(given, { temperature: given.real, biases: given.prior }),
  fitLogitAdjustment: (given) => calibration.fitLogitAdjustment(given, given.prior, [given.real]),
  logitNormScores: (given) => calibration.logitNormScores(given, given.real),
  tokenPerplexity: (given) => calibration.tokenPerplexity({ ...given, padding: given.whole }),
  perplexity: (given) => calibration.perplexity(given.confidences),
  brierDecomposition: (given) => calibration.brierDecomposition(forecastsOf(given), binningOf(given)),
  negativeLogLikelihood: (given) => calibration.negativeLogLikelihood(forecastsOf(given)),
  presetAgreement: (given) => calibration.presetAgreement(forecastsOf(given)),
  topAccuracy: (given) => calibration.topAccuracy(forecastsOf(given), given.whole),
  classOutcomes: (given) => calibration.classOutcomes(forecastsOf(given), given.whole),
  hierarchicalDistance: (given) =>
    calibration.hierarchicalDistance(
      forecastsOf(given),
      given.matrix.map((value, index) => (index % (given.classCount + 1) === 0 ? 0 : value)),
    ),
  macroF1: (given) => calibration.macroF1(calibration.perClassScores(forecastsOf(given))),
  groupRecall: (given) => calibration.groupRecall(calibration.perClassScores(forecastsOf(given)), [given.whole]),
  calibrationError: (given) =>
    calibration.calibrationError(forecastsOf(given), { ...binningOf(given), norm: given.real }),
  calibrationErrors: (given) => calibration.calibrationErrors(given, binningOf(given)),
  debiasedSquaredError: (given) => calibration.debiasedSquaredError(given, binningOf(given)),
  noiseFloor: (given) => calibration.noiseFloor(given, { ...binningOf(given), from: "confidence" }),
  smoothCalibrationError: (given) => calibration.smoothCalibrationError(given),
  equalMassEdges: (given) => calibration.equalMassEdges(given.confidences, given.whole),
  riskCoverageAreas: (given) => calibration.riskCoverageAreas(scoredOf(given)),
  optimalAurc: (given) => calibration.optimalAurc(given.unit),
  coverageAtRisk: (given) => calibration.coverageAtRisk(scoredOf(given), given.unit),
  riskAtCoverage: (given) => calibration.riskAtCoverage(scoredOf(given), given.unit),
  multiLabelMetrics: (given) =>
    calibration.multiLabelMetrics({
      probabilities: given.confidences,
      labels: given.outcomes,
      labelCount: given.whole,
    }),
  frequencyGroups: (given) =>
    calibration.frequencyGroups(given.prior, { by: "rank", headClasses: given.whole, tailClasses: 1 }),
  bootstrap: (given) => calibration.bootstrap(given.first, calibration.median, { level: given.unit, draws: 20 }),
  holm: (given) => calibration.holm(given.confidences, given.unit),
  hypervolume: (given) =>
    calibration.hypervolume(
      [given.prior],
      given.prior.map(() => given.direction),
      given.prior.map(() => given.real),
    ),
  paretoMembership: (given) =>
    calibration.paretoMembership(samplesOf(given), [given.direction, "minimise"], { draws: 10 }),
  kendallTau: (given) => calibration.kendallTau(given.first, given.second),
  meanConfidenceInterval: (given) => calibration.meanConfidenceInterval(given.first, given.unit),
  minimumDetectableEffect: (given) => calibration.minimumDetectableEffect(given.unit, given.whole),
  normalQuantile: (given) => calibration.normalQuantile(given.unit),
  normalCumulative: (given) => calibration.normalCumulative(given.real),
  pairedDifferences: (given) => calibration.pairedDifferences(given.first, given.second, { level: given.unit }),
  quantile: (given) => calibration.quantile(given.first, given.unit),
  standardDeviation: (given) => calibration.standardDeviation(given.first),
  studentTCritical: (given) => calibration.studentTCritical(given.unit, given.real),
  studentTPValue: (given) => calibration.studentTPValue(given.real, given.whole),
};

function holdsNaN(value: unknown): boolean {
  if (typeof value === "number") return Number.isNaN(value);
  if (typeof value !== "object" || value === null) return value === undefined;
  return Object.values(value).some(holdsNaN);
}

describe("any input", () => {
  it.each(Object.entries(calls))("%s gives a result without NaN or a typed error, never anything else", (_, call) => {
    const answers = { given: 0, refused: 0 };
    fc.assert(
      fc.property(values, (given) => {
        try {
          expect(holdsNaN(call(given))).toBe(false);
          answers.given++;
        } catch (error) {
          if (!(error instanceof calibration.ArgumentError)) throw error;
          expect(error.message).toBe(`${error.argument} ${error.rule}, got ${String(error.value)}`);
          answers.refused++;
        }
      }),
      { numRuns: 300, seed: 20266 },
    );
    expect(Math.min(answers.given, answers.refused)).toBeGreaterThan(0);
  });
});
