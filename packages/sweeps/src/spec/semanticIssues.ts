import { modelObstacle, modelSpecSchema, type SpecIssue, TRIALS_MAX } from "@smoothsweep/contracts";
import { axisFields, axisPaths, isAxisPath } from "./axisFields.ts";
import { type DatasetCatalogue, limitsOf } from "./datasetLimits.ts";
import { formatIssuePath } from "./issuePath.ts";
import { readField } from "./readField.ts";
import { axesOf, valuesOf } from "./settingValues.ts";
import { show, structuralIssues } from "./structuralIssues.ts";
import { suggestionFor } from "./suggestion.ts";
import { tokenIssues } from "./tokenIssues.ts";

/**
 * The rules that zod cannot say because they join several fields or need the catalogue. Each check reads the raw
 * input defensively, so that it reports its own rule also when other parts are broken.
 */
export function semanticIssues(input: unknown, catalogue: DatasetCatalogue): SpecIssue[] {
  const checks = [
    axisIssues,
    seedIssues,
    trialCountIssues,
    datasetIssues,
    rowIssues,
    batchIssues,
    modelIssues,
    offTargetIssues,
    tokenIssues,
  ];
  return checks.flatMap((check) => check(input, catalogue));
}

function axisIssues(input: unknown): SpecIssue[] {
  return axesOf(input).flatMap(([path, values]) => {
    const at = formatIssuePath(["axes", path]);
    if (!isAxisPath(path)) {
      const fix = suggestionFor(path, axisPaths);
      return [{ path: at, code: "unknown_axis", message: `\`${at}\` cannot be varied. ${fix}`, fix }] as SpecIssue[];
    }
    if (values.length === 0) {
      return [
        { path: at, code: "empty_axis", message: `\`${at}\` must have at least one value, got []` },
      ] as SpecIssue[];
    }
    const broken = values.flatMap((value, index) => {
      const parsed = axisFields[path].safeParse(value, { reportInput: true });
      if (parsed.success) return [];
      const issues = parsed.error.issues.map((issue) => ({ ...issue, path: ["axes", path, index, ...issue.path] }));
      return structuralIssues(issues, () => []);
    });
    return [...broken, ...duplicates(values, ["axes", path])];
  });
}

function duplicates(values: readonly unknown[], path: readonly PropertyKey[]): SpecIssue[] {
  const seen = new Set<unknown>();
  return values.flatMap((value, index) => {
    // NaN is no value: its own rule refuses it, and it repeats nothing.
    if (Number.isNaN(value) || !seen.has(value)) {
      seen.add(value);
      return [];
    }
    const at = formatIssuePath([...path, index]);
    return [
      {
        path: at,
        code: "duplicate_value" as const,
        message: `\`${at}\` must not repeat a value, got ${show(value)}`,
        value,
      },
    ];
  });
}

function seedIssues(input: unknown): SpecIssue[] {
  const seeds = readField(input, ["seeds"]);
  if (!Array.isArray(seeds)) return [];
  if (seeds.length > 0) return duplicates(seeds, ["seeds"]);
  return [
    {
      path: "seeds",
      code: "no_seeds",
      message: "`seeds` must have at least one seed, got []",
      value: seeds,
      fix: "Give seeds, for example [0, 1, 2].",
    },
  ];
}

function trialCountIssues(input: unknown): SpecIssue[] {
  const seeds = readField(input, ["seeds"]);
  const sizes = axesOf(input).map(([, values]) => values.length);
  const count = sizes.reduce((product, size) => product * size, Array.isArray(seeds) ? seeds.length : 0);
  if (count <= TRIALS_MAX) return [];
  const message = `the sweep must have at most ${TRIALS_MAX} trials (values of all axes x seeds), got ${count}`;
  return [{ path: "axes", code: "too_many_trials", message, value: count }];
}

function datasetIssues(input: unknown, catalogue: DatasetCatalogue): SpecIssue[] {
  const name = readField(input, ["data", "dataset"]);
  if (typeof name !== "string" || Object.hasOwn(catalogue, name)) return [];
  const fix = suggestionFor(name, Object.keys(catalogue));
  const message = `\`data.dataset\` must be a known data set, got ${show(name)}. ${fix}`;
  return [{ path: "data.dataset", code: "unknown_dataset", message, value: name, fix }];
}

function rowIssues(input: unknown, catalogue: DatasetCatalogue): SpecIssue[] {
  const limits = limitsOf(input, catalogue);
  if (limits === undefined) return [];
  const [train, validation, test] = ["train", "validation", "test"].map((part) => readField(input, ["data", part]));
  const issues: SpecIssue[] = [];
  if (typeof train === "number" && typeof validation === "number" && train + validation > limits.trainRows) {
    const message = `\`data.train\` + \`data.validation\` must be at most ${limits.trainRows}, the rows of the training part, got ${train + validation}`;
    issues.push({ path: "data.train", code: "too_few_rows", message, value: train + validation });
  }
  if (typeof test === "number" && test > limits.testRows) {
    const message = `\`data.test\` must be at most ${limits.testRows}, the rows of the test part, got ${test}`;
    issues.push({ path: "data.test", code: "too_few_rows", message, value: test });
  }
  return issues;
}

function batchIssues(input: unknown): SpecIssue[] {
  const train = readField(input, ["data", "train"]);
  if (typeof train !== "number" || train < 1) return [];
  return valuesOf(input, "training.batchSize", 128).flatMap(({ value, at }) => {
    if (typeof value !== "number" || value <= train) return [];
    const message = `\`${at}\` must be at most \`data.train\` = ${train}, got ${value}`;
    return [{ path: at, code: "batch_larger_than_data" as const, message, value }];
  });
}

function modelIssues(input: unknown, catalogue: DatasetCatalogue): SpecIssue[] {
  const limits = limitsOf(input, catalogue);
  const model = modelSpecSchema.safeParse(readField(input, ["model"]) ?? { kind: "mlp" });
  if (limits === undefined || !model.success) return [];
  const message = modelObstacle(model.data, limits.inputShape);
  return message === undefined ? [] : [{ path: "model", code: "model_does_not_fit", message, value: model.data }];
}

function offTargetIssues(input: unknown, catalogue: DatasetCatalogue): SpecIssue[] {
  const limits = limitsOf(input, catalogue);
  const conventions = valuesOf(input, "smoothing.convention", "uniform").map(({ value }) => value);
  if (limits === undefined || !conventions.includes("off-target")) return [];
  const bound = (limits.classCount - 1) / limits.classCount;
  return valuesOf(input, "smoothing.epsilon", 0.1).flatMap(({ value, at }) => {
    if (typeof value !== "number" || value <= bound || value >= 1) return [];
    const message = `\`${at}\` must be at most (K-1)/K = ${bound} in the off-target convention, or the true class gets less than the others, got ${value}`;
    return [{ path: at, code: "off_target_epsilon_too_large" as const, message, value }];
  });
}
