import { LOGITS_MAX, labelsPerRow, type SpecIssue } from "@smoothsweep/contracts";
import { type DatasetCatalogue, limitsOf } from "./datasetLimits.ts";
import { readField } from "./readField.ts";
import { valuesOf } from "./settingValues.ts";

/** Every rule of data that are text: what cannot be done with tokens, and how many predictions can be kept. */
export function tokenIssues(input: unknown, catalogue: DatasetCatalogue): SpecIssue[] {
  return [mixupIssues, samplingIssues, predictionIssues].flatMap((check) => check(input, catalogue));
}

function mixupIssues(input: unknown, catalogue: DatasetCatalogue): SpecIssue[] {
  if (limitsOf(input, catalogue)?.inputShape.kind !== "tokens") return [];
  return valuesOf(input, "training.mixup", 0).flatMap(({ value, at }) => {
    if (typeof value !== "number" || value === 0) return [];
    const message = `\`${at}\` must be 0 or left out for text, whose tokens cannot be mixed, got ${value}`;
    return [{ path: at, code: "invalid_value" as const, message, value }];
  });
}

function samplingIssues(input: unknown, catalogue: DatasetCatalogue): SpecIssue[] {
  const limits = limitsOf(input, catalogue);
  if (limits === undefined || labelsPerRow(limits.inputShape) === 1) return [];
  return valuesOf(input, "strategy.kind", "none").flatMap(({ value, at }) => {
    if (value !== "resampled") return [];
    const message = `\`${at}\` must not be resampled for data with a class per token: rows are drawn by their class`;
    return [{ path: at, code: "invalid_value" as const, message, value }];
  });
}

/** Logits are evaluated whole and stored, of training rows on demand: a long text of many tokens has too many. */
function predictionIssues(input: unknown, catalogue: DatasetCatalogue): SpecIssue[] {
  const limits = limitsOf(input, catalogue);
  if (limits === undefined) return [];
  const perRow = labelsPerRow(limits.inputShape) * limits.classCount;
  const parts = readField(input, ["training", "storeTrainLogits"]) === true ? ["train"] : [];
  return [...parts, "validation", "test"].flatMap((part) => {
    const rows = readField(input, ["data", part]);
    if (typeof rows !== "number" || rows * perRow <= LOGITS_MAX) return [];
    const most = Math.floor(LOGITS_MAX / perRow);
    const message = `\`data.${part}\` must be at most ${most}: a row has ${perRow} logits, and ${LOGITS_MAX} of a part can be kept, got ${rows}`;
    return [{ path: `data.${part}`, code: "out_of_range" as const, message, value: rows }];
  });
}
