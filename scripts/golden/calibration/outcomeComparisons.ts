import {
  binOutcomes,
  calibrationErrors,
  debiasedSquaredError,
  mean,
  noiseFloor,
  type Outcomes,
  type PresetName,
  type RiskCoverageAreas,
  reliabilityBins,
  resolveScheme,
  riskCoverageAreas,
  signedGap,
  type TieRule,
  topLabelBrierScore,
} from "@smoothsweep/calibration";
import { type GoldenCheck, tolerance } from "./goldenCheck.ts";

/** Compares one expectation. */
export type Comparison = (want: unknown, path: string) => void;

const schemePresets: Readonly<Record<string, PresetName>> = {
  default: "default15",
  guo: "guo15",
  netcal: "netcal10",
  torchmetrics: "torchmetrics15",
};

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

/** The expectations that need confidences and outcomes alone. */
export function outcomeComparisons(check: GoldenCheck, outcomes: Outcomes): Record<string, Comparison> {
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
