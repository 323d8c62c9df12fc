import {
  brierScore,
  calibrationErrors,
  type Forecasts,
  type Outcomes,
  presetCalibrationError,
  riskCoverageAreas,
  topLabelBrierScore,
  topLabelOutcomes,
} from "@smoothsweep/calibration";
import type { GoldenOutcome } from "../goldenOutcome.ts";
import { forecastComparisons } from "./forecastComparisons.ts";
import { checkEntry, type GoldenCheck } from "./goldenCheck.ts";
import { type Comparison, outcomeComparisons } from "./outcomeComparisons.ts";

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

/** Values printed in documentation are rounded to four decimals at least. */
const publishedRounding = 5.1e-5;

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
