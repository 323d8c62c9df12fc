import {
  balancedAccuracy,
  binOutcomes,
  brierDecomposition,
  brierScore,
  calibrationErrors,
  classwiseCalibrationError,
  debiasedSquaredError,
  type Forecasts,
  macroF1,
  mean,
  negativeLogLikelihood,
  noiseFloor,
  type Outcomes,
  type PresetName,
  perClassScores,
  presetCalibrationError,
  type RiskCoverageAreas,
  reliabilityBins,
  resolveScheme,
  riskCoverageAreas,
  signedGap,
  type TieRule,
  topAccuracy,
  topLabelBrierScore,
  topLabelOutcomes,
} from "@smoothsweep/calibration";
import type { GoldenOutcome } from "../goldenOutcome.ts";
import { checkEntry, type GoldenCheck, tolerance } from "./goldenCheck.ts";

interface CalibrationEntry {
  readonly kind: string;
  readonly numClasses: number;
  readonly probabilities: readonly (readonly number[])[];
  readonly labels: readonly number[];
  readonly confidences: readonly number[];
  readonly outcomes: readonly number[];
  readonly expected: object;
  readonly published?: Readonly<Record<string, number | string>>;
}

type Comparison = (want: unknown, path: string) => void;

const schemePresets: Readonly<Record<string, PresetName>> = {
  default: "default15",
  guo: "guo15",
  netcal: "netcal10",
  torchmetrics: "torchmetrics15",
};

/** Values printed in documentation are rounded to four decimals at least. */
const publishedRounding = 5.1e-5;

function compareWidths(check: GoldenCheck, outcomes: Outcomes): Comparison {
  return (want, path) => {
    for (const [scheme, byBins] of Object.entries(want as Record<string, object>)) {
      const preset = schemePresets[scheme];
      if (preset === undefined) check.exact(`${path}.${scheme}`, "unknown scheme", "a preset");
      else
        for (const [bins, errors] of Object.entries(byBins))
          check.fields(
            `${path}.${scheme}.${bins}.`,
            errors,
            errorComparisons(check, outcomes, { preset, bins: Number(bins) }),
          );
    }
  };
}

function errorComparisons(check: GoldenCheck, outcomes: Outcomes, options: Parameters<typeof resolveScheme>[0]) {
  const got = calibrationErrors(outcomes, options);
  return {
    ece: (want: unknown, path: string) => check.number(path, got.ece, want),
    mce: (want: unknown, path: string) => check.number(path, got.mce, want),
    rmsce: (want: unknown, path: string) => check.number(path, got.rmsce, want),
  };
}

function compareMass(check: GoldenCheck, outcomes: Outcomes): Comparison {
  return (want, path) => {
    for (const [bins, expected] of Object.entries(want as Record<string, object>)) {
      const options = { width: "equal-mass", bins: Number(bins) } as const;
      const totals = binOutcomes(outcomes, resolveScheme(options));
      check.fields(`${path}.${bins}.`, expected, {
        ...errorComparisons(check, outcomes, options),
        upperEdges: (edges, at) => check.numbers(at, totals.upperEdges, edges),
        counts: (counts, at) =>
          check.numbers(
            at,
            totals.counts.filter((count) => count > 0),
            counts,
            0,
          ),
      });
    }
  };
}

function compareTable(check: GoldenCheck, outcomes: Outcomes): Comparison {
  return (want, path) => {
    const table = reliabilityBins(outcomes);
    const rows = want as readonly Record<string, number>[];
    check.exact(`${path}.length`, table.length, rows.length);
    for (const [index, row] of rows.entries())
      check.fields(`${path}[${index}].`, row, {
        bin: (bin, at) => check.exact(at, table[index]?.bin, bin),
        count: (count, at) => check.exact(at, table[index]?.count, count),
        confidence: (confidence, at) => check.number(at, table[index]?.confidence, confidence),
        accuracy: (accuracy, at) => check.number(at, table[index]?.accuracy, accuracy),
      });
  };
}

function compareDebiased(check: GoldenCheck, outcomes: Outcomes): Comparison {
  const byName: Readonly<Record<string, "equal-width" | "equal-mass">> = {
    equalWidth15: "equal-width",
    equalMass15: "equal-mass",
  };
  return (want, path) => {
    for (const [name, expected] of Object.entries(want as Record<string, object>)) {
      const width = byName[name];
      if (width === undefined) {
        check.exact(`${path}.${name}`, "unknown binning", "a scheme");
        continue;
      }
      const got = debiasedSquaredError(outcomes, { width });
      check.fields(`${path}.${name}.`, expected, {
        raw: (raw, at) => check.number(at, got.raw, raw),
        clipped: (clipped, at) => check.number(at, got.clipped, clipped),
        root: (root, at) => check.number(at, got.root, root, tolerance.root),
      });
    }
  };
}

function areaComparisons(check: GoldenCheck, { aurc, augrc, excessAurc }: RiskCoverageAreas) {
  const number =
    (got: number | null): Comparison =>
    (want, path) =>
      check.number(path, got, want);
  return {
    aurcMean: number(aurc.mean),
    aurcTrapezoidNormalised: number(aurc.trapezoidNormalised),
    aurcTrapezoidZeroOrigin: number(aurc.trapezoidZeroOrigin),
    eAurc: number(excessAurc),
    augrcMean: number(augrc.mean),
    augrcTrapezoidNormalised: number(augrc.trapezoidNormalised),
    augrcTrapezoidZeroOrigin: number(augrc.trapezoidZeroOrigin),
  };
}

function compareSelective(check: GoldenCheck, outcomes: Outcomes): Comparison {
  const scored = { scores: outcomes.confidences, outcomes: outcomes.outcomes };
  const byTies = (ties: TieRule): Comparison => {
    return (want, path) =>
      check.fields(`${path}.`, want as object, areaComparisons(check, riskCoverageAreas(scored, ties)));
  };
  return (want, path) =>
    check.fields(`${path}.`, want as object, {
      optimalAurcAsymptotic: (optimal, at) => check.number(at, riskCoverageAreas(scored).optimalAurc, optimal),
      tieExpected: byTies("expected"),
      stableOrder: byTies("stable"),
    });
}

function outcomeComparisons(check: GoldenCheck, outcomes: Outcomes): Record<string, Comparison> {
  const gap = signedGap(outcomes); // refuses what is no set of outcomes, whatever is expected of it
  return {
    brierTopLabel: (want, path) => check.number(path, topLabelBrierScore(outcomes), want),
    meanConfidence: (want, path) => check.number(path, mean(outcomes.confidences), want),
    meanOutcome: (want, path) => check.number(path, mean(outcomes.outcomes), want),
    signedGap: (want, path) => check.number(path, gap, want),
    equalWidth: compareWidths(check, outcomes),
    binTable: compareTable(check, outcomes),
    equalMass: compareMass(check, outcomes),
    debiasedSquaredCe: compareDebiased(check, outcomes),
    noiseFloor: (want, path) =>
      check.fields(`${path}.`, want as object, {
        fromAccuracy: (floor, at) => check.number(at, noiseFloor(outcomes), floor),
        fromConfidence: (floor, at) => check.number(at, noiseFloor(outcomes, { from: "confidence" }), floor),
      }),
    selective: compareSelective(check, outcomes),
  };
}

function compareDecomposition(check: GoldenCheck, forecasts: Forecasts): Comparison {
  return (want, path) => {
    for (const [name, parts] of Object.entries(want as Record<string, object>)) {
      if (name !== "equalWidth15" && name !== "distinctValues") {
        check.exact(`${path}.${name}`, "unknown binning", "a scheme");
        continue;
      }
      const got = brierDecomposition(forecasts, { distinctValues: name === "distinctValues" });
      check.fields(`${path}.${name}.`, parts, {
        reliability: (part, at) => check.number(at, got.reliability, part),
        resolution: (part, at) => check.number(at, got.resolution, part),
        uncertainty: (part, at) => check.number(at, got.uncertainty, part),
        withinBin: (part, at) => check.number(at, got.withinBin, part),
      });
    }
  };
}

function forecastComparisons(check: GoldenCheck, forecasts: Forecasts): Record<string, Comparison> {
  const scores = perClassScores(forecasts);
  return {
    ...outcomeComparisons(check, topLabelOutcomes(forecasts)),
    accuracy: (want, path) => check.number(path, topAccuracy(forecasts, 1), want),
    nll: (want, path) => check.number(path, negativeLogLikelihood(forecasts), want),
    brier: (want, path) => check.number(path, brierScore(forecasts), want),
    classwiseEce: (want, path) => {
      for (const [name, error] of Object.entries(want as object))
        check.number(`${path}.${name}`, classwiseCalibrationError(forecasts, { preset: name as PresetName }), error);
    },
    brierDecomposition: compareDecomposition(check, forecasts),
    topKAccuracy: (want, path) => {
      for (const [k, share] of Object.entries(want as object))
        check.number(`${path}.${k}`, topAccuracy(forecasts, Number(k)), share);
    },
    balancedAccuracy: (want, path) => check.number(path, balancedAccuracy(scores), want),
    macroF1PresentClasses: (want, path) => check.number(path, macroF1(scores), want),
    macroF1AllClasses: (want, path) => check.number(path, macroF1(scores, "all"), want),
    perClassRecall: (want, path) =>
      check.numbers(
        path,
        scores.map((score) => score.recall),
        want,
      ),
    perClassSupport: (want, path) =>
      check.numbers(
        path,
        scores.map((score) => score.support),
        want,
        0,
      ),
  };
}

function comparePublished(
  check: GoldenCheck,
  outcomes: Outcomes,
  entry: CalibrationEntry,
  forecasts?: Forecasts,
): void {
  if (entry.published === undefined) return;
  const bins = Number(entry.published["bins"] ?? 15);
  const errors = calibrationErrors(outcomes, { preset: "torchmetrics15", bins });
  const areas = riskCoverageAreas({ scores: outcomes.confidences, outcomes: outcomes.outcomes });
  const rounded =
    (got: number | null | undefined): Comparison =>
    (want, path) =>
      check.number(path, got, want, publishedRounding);
  // rounding of the print is not an error of ours: keep it out of the largest error
  check.withoutError(() =>
    check.fields("published.", entry.published!, {
      library: () => undefined,
      bins: () => undefined,
      l1: rounded(errors.ece),
      l2: rounded(errors.rmsce),
      max: rounded(errors.mce),
      brier: rounded(forecasts === undefined ? topLabelBrierScore(outcomes) : brierScore(forecasts)),
      aurcTrapezoidNormalised: rounded(areas.aurc.trapezoidNormalised),
    }),
  );
}

/** Checks every expectation of one entry of calibration.json. */
export function runCalibrationEntry(raw: unknown): GoldenOutcome {
  const entry = raw as CalibrationEntry;
  if (entry.kind === "confidences") {
    const { confidences, outcomes } = entry;
    return checkEntry(entry, (check) => {
      check.fields("", entry.expected, outcomeComparisons(check, { confidences, outcomes }));
      comparePublished(check, { confidences, outcomes }, entry);
    });
  }
  if (entry.kind !== "probabilities") return { unknownKind: String(entry.kind) };
  return checkEntry(entry, (check) => {
    const forecasts = { probabilities: entry.probabilities.flat(), labels: entry.labels, classCount: entry.numClasses };
    check.fields("", entry.expected, forecastComparisons(check, forecasts));
    check.number(
      "preset default15",
      presetCalibrationError(forecasts, "default15"),
      calibrationErrors(topLabelOutcomes(forecasts)).ece,
    );
    comparePublished(check, topLabelOutcomes(forecasts), entry, forecasts);
  });
}
