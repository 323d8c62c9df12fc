import { evaluate, fitTemperature, type Predictions, type TemperatureFit } from "@smoothsweep/calibration";
import type { GoldenOutcome } from "../goldenOutcome.ts";
import { checkEntry, type GoldenCheck, tolerance } from "./goldenCheck.ts";

interface TemperatureEntry {
  readonly kind?: string;
  readonly numClasses: number;
  readonly logits: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly optimum: string;
}

const optima: Readonly<Record<string, TemperatureFit["optimum"]>> = {
  interior: "interior",
  upperBound: "upper-bound",
  lowerBound: "lower-bound",
  indeterminate: "indeterminate",
};

/** The widest bounds: an interior optimum must not be cut off, and the NLL at a bound must be its limit. */
const bounds = { temperatureMin: 1e-30, temperatureMax: 1e30 };

const boundTemperatures: Readonly<Record<string, number>> = {
  upperBound: bounds.temperatureMax,
  lowerBound: bounds.temperatureMin,
  indeterminate: 1,
};

function compareFit(check: GoldenCheck, entry: TemperatureEntry, predictions: Predictions): void {
  const fit = fitTemperature(predictions, bounds);
  const before = evaluate(predictions);
  const ignored = () => undefined;
  check.fields("", entry, {
    numClasses: ignored,
    numSamples: ignored,
    logits: ignored,
    labels: ignored,
    optimum: (want, path) => check.exact(path, fit.optimum, optima[want as string]),
    nllBefore: (want, path) => {
      check.number(path, before.nll, want);
      check.number(`${path} of the fit`, fit.nllBefore, want);
    },
    eceBefore: (want, path) => check.number(path, before.ece, want),
    accuracy: (want, path) => check.number(path, before.accuracy, want),
    nllSlopeAtZeroInverseTemperature: (want, path) => check.number(path, fit.slopeAtZero, want),
    nllSlopeAtInfiniteInverseTemperature: (want, path) => check.number(path, fit.slopeAtInfinity, want),
    temperature: (want, path) => check.relative(path, fit.temperature, want, tolerance.temperature),
    inverseTemperature: (want, path) => check.relative(path, 1 / fit.temperature, want, tolerance.temperature),
    nllAfter: (want, path) => {
      check.number(path, fit.nllAfter, want, tolerance.nllAtOptimum);
      check.number(`${path} by evaluate`, evaluate(predictions, fit).nll, want, tolerance.nllAtOptimum);
    },
    eceAfter: (want, path) => check.number(path, evaluate(predictions, fit).ece, want, tolerance.eceAfter),
    nllLimit: (want, path) => check.number(path, fit.nllAfter, want, tolerance.nllAtOptimum),
  });
  const bound = boundTemperatures[entry.optimum];
  if (bound !== undefined) check.exact("temperature at the bound", fit.temperature, bound);
}

/** Checks every expectation of one entry of temperature.json. */
export function runTemperatureEntry(raw: unknown): GoldenOutcome {
  const entry = raw as TemperatureEntry;
  if (!Object.hasOwn(optima, entry.optimum)) return { unknownKind: `optimum ${String(entry.optimum)}` };
  if (entry.kind !== undefined && entry.kind !== "temperature") return { unknownKind: entry.kind };
  const predictions = { logits: entry.logits.flat(), labels: entry.labels, classCount: entry.numClasses };
  return checkEntry(entry, (check) => compareFit(check, entry, predictions));
}
