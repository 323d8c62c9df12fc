import {
  balancedWeights,
  classPrior,
  effectiveNumberWeights,
  inverseFrequencyWeights,
  ldamMargins,
  longTailCounts,
} from "@smoothsweep/smoothing";
import type { GoldenOutcome } from "../goldenOutcome.ts";
import { checkEntry } from "./checkEntry.ts";
import { type EntryCheck, tolerances } from "./entryCheck.ts";

/** Runs one entry of longtail.json. */
export function runLongTailEntry(entry: unknown): GoldenOutcome {
  const { profile } = entry as { profile: string };
  if (profile !== "exponential" && profile !== "step") return { unknownKind: String(profile) };
  return checkEntry(entry, (check) => {
    check.read("profile");
    check.read("roundingSensitive");
    const counts = longTailCounts({
      profile,
      classCount: check.read("numClasses"),
      maxCount: check.read("maxCount"),
      imbalanceFactor: check.read("imbalanceFactor"),
    });
    check.exact("counts", counts);
    check.exact(
      "total",
      counts.reduce((a, b) => a + b),
    );
    if (check.has("prior")) check.near("prior", check.read("prior") === null ? null : classPrior(counts));
    checkWeights(check, counts);
  });
}

function checkWeights(check: EntryCheck, counts: readonly number[]): void {
  const refused = check.has("validity") && check.read("validity") === "invalid-weights";
  const schemes = { inverseFrequencySumK: inverseFrequencyWeights, inverseFrequencyBalanced: balancedWeights };
  for (const [field, weights] of Object.entries(schemes)) {
    if (refused) check.refused(field, () => weights(counts));
    if (!refused || (check.has(field) && check.read(field) !== null)) check.near(field, weights(counts));
  }
  const families = {
    effectiveNumber: { give: effectiveNumberWeights, tolerance: tolerances.effectiveNumber, example: 0.9 },
    ldamMargins: { give: ldamMargins, tolerance: tolerances.value, example: 0.5 },
  };
  for (const [field, { give, tolerance, example }] of Object.entries(families)) {
    if (refused) {
      check.refused(field, () => give(counts, example));
      check.read(field);
      continue;
    }
    const settings = Object.keys(check.read<Record<string, unknown>>(field));
    const got = Object.fromEntries(settings.map((setting) => [setting, give(counts, Number(setting))]));
    check.near(field, got, tolerance);
  }
}
