import { isAppError, type SpecIssue, TRIALS_MAX } from "@smoothsweep/contracts";
import { describe, expect, it } from "vitest";
import type { DatasetCatalogue } from "./datasetLimits.ts";
import { parseSweepSpec } from "./parseSweepSpec.ts";

const catalogue: DatasetCatalogue = {
  tiny: { trainRows: 400, testRows: 100, classCount: 4, inputShape: { kind: "vector", features: 6 } },
  mnist: {
    trainRows: 60_000,
    testRows: 10_000,
    classCount: 10,
    inputShape: { kind: "image", height: 28, width: 28, channels: 1 },
  },
  language: {
    trainRows: 400,
    testRows: 100,
    classCount: 9,
    inputShape: { kind: "tokens", length: 5, vocabulary: 9, padding: null, labels: "per-token" },
  },
};

function validSpec(changes: Record<string, unknown> = {}): Record<string, unknown> {
  return {
    name: "trial run",
    data: { dataset: "tiny", train: 200, validation: 50, test: 100 },
    training: { batchSize: 20 },
    seeds: [0, 1],
    ...changes,
  };
}

function issuesOf(input: unknown): SpecIssue[] {
  try {
    parseSweepSpec(input, catalogue);
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid_spec") throw error;
    return error.context["issues"] as SpecIssue[];
  }
  throw new Error("the specification was accepted");
}

/** The only issue of a specification with one mistake. */
function issueOf(changes: Record<string, unknown>): SpecIssue {
  const issues = issuesOf(validSpec(changes));
  expect(issues).toHaveLength(1);
  return issues[0]!;
}

describe("parseSweepSpec", () => {
  it("fills in every default, so that none is silent", () => {
    const { name, data, seeds } = validSpec() as { name: string; data: object; seeds: number[] };
    expect(parseSweepSpec({ name, data, seeds }, catalogue)).toEqual({
      version: 1,
      name,
      description: "",
      data: { ...data, splitSeed: 2026 },
      model: { kind: "mlp", hidden: [128], activation: "relu" },
      training: {
        epochs: 6,
        batchSize: 128,
        optimizer: { kind: "sgd", learningRate: 0.05, momentum: 0.9 },
        schedule: "cosine",
      },
      smoothing: { convention: "uniform", epsilon: 0.1 },
      strategy: { kind: "none" },
      axes: {},
      seeds,
      priority: 0,
      retry: {
        attempts: 3,
        losses: 5,
        backoffSeconds: 1,
        backoffFactor: 2,
        backoffMaxSeconds: 60,
        on: [
          "training_failed",
          "training_stalled",
          "child_exited",
          "engine_broken",
          "worker_lost",
          "dataset_unreachable",
          "internal",
        ],
      },
      cache: "use",
      verifyShare: 0.1,
      predictions: { keep: "all" },
    });
  });

  it("names five different mistakes at once, each with path, code, rule and value", () => {
    const issues = issuesOf({
      name: "",
      data: { dataset: "tinny", train: 200, validation: 50, test: 1 },
      training: { batchSize: 500 },
      smoothing: { epsilom: 0.1 },
      axes: { "smoothing.epsilon": [0, 1.2] },
      seeds: [],
    });
    expect(issues.map(({ path, code }) => [path, code])).toEqual([
      ["name", "out_of_range"],
      ["data.test", "out_of_range"],
      ["smoothing.epsilom", "unknown_key"],
      ['axes["smoothing.epsilon"][1]', "epsilon_out_of_range"],
      ["seeds", "no_seeds"],
      ["data.dataset", "unknown_dataset"],
      ["training.batchSize", "batch_larger_than_data"],
    ]);
    expect(issues.find(({ code }) => code === "epsilon_out_of_range")).toEqual({
      path: 'axes["smoothing.epsilon"][1]',
      code: "epsilon_out_of_range",
      message: '`axes["smoothing.epsilon"][1]` must be in [0, 1), got 1.2',
      value: 1.2,
    });
  });

  it.each([
    ["smoothing", "smoothing.epsilom", { smoothing: { epsilom: 0.1 } }, "Did you mean `epsilon`?"],
    ["training", "training.batchsize", { training: { batchsize: 20, batchSize: 20 } }, "Did you mean `batchSize`?"],
    ["the root", "modle", { modle: {} }, "Did you mean `model`?"],
    ["strategy", "strategy.kindd", { strategy: { kind: "none", kindd: 1 } }, "Did you mean `kind`?"],
  ])("suggests the known key for an unknown one of %s", (_part, path, changes, fix) => {
    expect(issueOf(changes)).toMatchObject({ path, code: "unknown_key", fix });
  });

  it.each([-0.1, 1, 1.2])("refuses the epsilon %d, which is outside [0, 1)", (epsilon) => {
    expect(issueOf({ smoothing: { epsilon } })).toMatchObject({
      path: "smoothing.epsilon",
      code: "epsilon_out_of_range",
      value: epsilon,
    });
  });

  it("bounds off-target epsilon by (K-1)/K with the K of the catalogue", () => {
    const axes = { "smoothing.epsilon": [0.75, 0.76], "smoothing.convention": ["uniform", "off-target"] };
    const issue = issueOf({ axes });
    expect(issue).toMatchObject({ path: 'axes["smoothing.epsilon"][1]', code: "off_target_epsilon_too_large" });
    expect(issue.message).toContain("(K-1)/K = 0.75");
    const mnist = { dataset: "mnist", train: 200, validation: 50, test: 100 };
    expect(parseSweepSpec(validSpec({ axes, data: mnist }), catalogue).axes).toEqual(axes);
  });

  it("bounds the base epsilon when only the convention is varied", () => {
    const changes = { smoothing: { epsilon: 0.9 }, axes: { "smoothing.convention": ["off-target"] } };
    expect(issueOf(changes)).toMatchObject({ path: "smoothing.epsilon", code: "off_target_epsilon_too_large" });
  });

  it("asks for at least one seed", () => {
    expect(issueOf({ seeds: [] })).toMatchObject({ path: "seeds", code: "no_seeds", value: [] });
  });

  it("suggests the data set that was probably meant, and lists all when none is near", () => {
    const data = (dataset: string) => ({ data: { dataset, train: 200, validation: 50, test: 100 } });
    expect(issueOf(data("MNITS"))).toMatchObject({ code: "unknown_dataset", fix: "Did you mean `mnist`?" });
    expect(issueOf(data("imagenet"))).toMatchObject({
      code: "unknown_dataset",
      fix: "Use one of: tiny, mnist, language",
    });
  });

  it("refuses a batch larger than the training rows, also in an axis and as the default", () => {
    expect(issueOf({ training: { batchSize: 201 } })).toMatchObject({ code: "batch_larger_than_data", value: 201 });
    expect(issueOf({ axes: { "training.batchSize": [50, 300] } })).toMatchObject({
      path: 'axes["training.batchSize"][1]',
      code: "batch_larger_than_data",
    });
    const data = { dataset: "tiny", train: 100, validation: 50, test: 100 };
    expect(issueOf({ data, training: {} })).toMatchObject({ code: "batch_larger_than_data", value: 128 });
  });

  it("refuses more rows than the data set has, train and validation together", () => {
    const data = { dataset: "tiny", train: 360, validation: 50, test: 101 };
    const issues = issuesOf(validSpec({ data }));
    expect(issues.map(({ path, code, value }) => [path, code, value])).toEqual([
      ["data.train", "too_few_rows", 410],
      ["data.test", "too_few_rows", 101],
    ]);
  });

  it("allows 100,000 trials and not one more", () => {
    const axis = (length: number) => ({
      axes: { "smoothing.epsilon": Array.from({ length }, (_, i) => i / 200_000) },
      seeds: Array.from({ length: 100 }, (_, i) => i),
    });
    expect(parseSweepSpec(validSpec(axis(TRIALS_MAX / 100)), catalogue).seeds).toHaveLength(100);
    expect(issueOf(axis(TRIALS_MAX / 100 + 1))).toMatchObject({ code: "too_many_trials", value: 100_100 });
  });

  it("refuses an axis that cannot be varied and suggests one that can", () => {
    expect(issueOf({ axes: { "smoothing.epsilom": [0.1] } })).toMatchObject({
      path: 'axes["smoothing.epsilom"]',
      code: "unknown_axis",
      fix: "Did you mean `smoothing.epsilon`?",
    });
  });

  it("refuses an axis without values", () => {
    expect(issueOf({ axes: { "smoothing.epsilon": [] } })).toMatchObject({ code: "empty_axis" });
  });

  it("refuses a value that an axis or the seeds have already", () => {
    expect(issueOf({ axes: { "smoothing.epsilon": [0, 0.1, -0] } })).toMatchObject({
      path: 'axes["smoothing.epsilon"][2]',
      code: "duplicate_value",
    });
    expect(issueOf({ seeds: [3, 4, 3] })).toMatchObject({ path: "seeds[2]", code: "duplicate_value", value: 3 });
  });

  it("names every missing field", () => {
    expect(issuesOf({}).map(({ path, code }) => [path, code])).toEqual([
      ["name", "missing_field"],
      ["data", "missing_field"],
      ["seeds", "missing_field"],
    ]);
  });

  it("refuses resampling where rows have a class per token, in the base and as a value of an axis", () => {
    const changes = {
      data: { dataset: "language", train: 200, validation: 50, test: 100 },
      model: { kind: "causal-transformer" },
    };
    const base = { ...changes, strategy: { kind: "resampled", sampling: "balanced" } };
    expect(issuesOf(validSpec(base))).toMatchObject([{ path: "strategy.kind", code: "invalid_value" }]);
    const axis = { ...changes, axes: { "strategy.kind": ["none", "resampled"] } };
    expect(issuesOf(validSpec(axis)).map(({ path }) => path)).toContain('axes["strategy.kind"][1]');
    expect(() => parseSweepSpec(validSpec({ ...changes, strategy: { kind: "class-prior" } }), catalogue)).not.toThrow();
  });

  it("refuses more predictions than can be kept: 2^23 logits a part, which a large vocabulary soon has", () => {
    const inputShape = { kind: "tokens", length: 64, vocabulary: 32_000, padding: null, labels: "per-token" } as const;
    const large = { large: { trainRows: 400, testRows: 100, classCount: 32_000, inputShape } };
    const spec = (validation: number) => ({
      ...validSpec({ data: { dataset: "large", train: 200, validation, test: 4 } }),
      model: { kind: "causal-transformer" },
    });
    expect(() => parseSweepSpec(spec(4), large)).not.toThrow();
    const message = expect.stringMatching(/`data.validation` must be at most 4: a row has 2048000 logits/);
    const issue = { path: "data.validation", code: "out_of_range", message, value: 5 };
    expect(() => parseSweepSpec(spec(5), large)).toThrow(expect.objectContaining({ context: { issues: [issue] } }));
  });
});
