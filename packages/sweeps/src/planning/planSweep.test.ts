import { createHash } from "node:crypto";
import type { SweepSpecInput } from "@smoothsweep/contracts";
import { describe, expect, it } from "vitest";
import { parseSweepSpec } from "../spec/parseSweepSpec.ts";
import { mergeNotes } from "./mergeNotes.ts";
import type { PlannedSweep, PlannedTrial, SnapshotDescription } from "./plannedSweep.ts";
import { planSweep } from "./planSweep.ts";

const inputShape = { kind: "vector", features: 784 } as const;
const catalogue = { digits: { trainRows: 60_000, testRows: 10_000, classCount: 10, inputShape } };
const hash = (text: string) => createHash("sha256").update(text).digest("hex");
const unbalanced: SnapshotDescription = {
  id: "sha256:unbalanced",
  classCount: 10,
  featureCount: 784,
  trainClassCounts: [390, 450, 400, 410, 385, 365, 400, 420, 380, 400],
};
const balanced = { ...unbalanced, id: "sha256:balanced", trainClassCounts: Array.from({ length: 10 }, () => 400) };

/** The shape of studies/quickstart.yaml. */
const quickstart: SweepSpecInput = {
  name: "quickstart",
  data: { dataset: "digits", train: 4000, validation: 1000, test: 10_000 },
  axes: {
    "smoothing.epsilon": [0, 0.05, 0.1, 0.2, 0.4],
    "smoothing.convention": ["uniform", "off-target"],
    "strategy.kind": ["none", "class-prior"],
  },
  seeds: [0, 1, 2],
};

function plan(changes: Partial<SweepSpecInput> = {}, snapshot = unbalanced, idStart = 0): PlannedSweep {
  let count = idStart;
  const spec = parseSweepSpec({ ...quickstart, ...changes }, catalogue);
  return planSweep(spec, snapshot, { hash, newId: (prefix) => `${prefix}_${++count}` });
}

const ownerOf = ({ id, representativeId }: PlannedTrial) => representativeId ?? id;
const distinctOwners = (trials: PlannedTrial[]) => new Set(trials.map(ownerOf)).size;

describe("planSweep", () => {
  it("explains a strategy that these data do not allow as a mistake of the specification", () => {
    const lacking = { ...unbalanced, trainClassCounts: [0, ...unbalanced.trainClassCounts.slice(1)] };
    const issue = expect.objectContaining({ path: "strategy", code: "invalid_value", value: "inverse-prior" });
    const changes = { axes: { "smoothing.epsilon": [0.1] }, strategy: { kind: "inverse-prior" as const } };
    expect(() => plan(changes, lacking)).toThrow(
      expect.objectContaining({ code: "invalid_spec", context: { issues: [issue] } }),
    );
  });

  it("names every cell that cannot be trained with its loss, before anything is stored", () => {
    const changes: Partial<SweepSpecInput> = {
      training: { loss: { kind: "max-suppression" } },
      axes: { "strategy.kind": ["none", "class-prior", "inverse-prior"] },
    };
    const issue = (value: string) => expect.objectContaining({ code: "invalid_value", value });
    const issues = [issue("class-prior"), issue("inverse-prior")];
    expect(() => plan(changes)).toThrow(expect.objectContaining({ code: "invalid_spec", context: { issues } }));
  });

  it.each([
    ["half", { "strategy.kind": ["none", "class-prior"] }, 1],
    ["softmax", { "strategy.kind": ["none", "class-prior"] }, 0],
    ["softmax", { "strategy.kind": ["none", "logit-adjusted"] }, 1],
    ["half", { "smoothing.convention": ["uniform", "off-target"] }, 1],
    ["half", { "smoothing.convention": ["uniform", "off-target"], "smoothing.epsilon": [0] }, 0],
    ["flip", { "smoothing.epsilon": [0.5, 0.6] }, 1],
    ["half", { "smoothing.epsilon": [0.5, 0.6] }, 0],
  ] as const)("refuses targets that sigmoids of convention %s do not have: %j", (convention, axes, refused) => {
    const changes = { training: { loss: { kind: "binary-cross-entropy", convention } }, axes } as const;
    const attempt = () => plan(changes as unknown as Partial<SweepSpecInput>);
    if (refused === 0) return void expect(attempt().trials.length).toBeGreaterThan(0);
    const issues = Array(refused).fill(expect.objectContaining({ code: "invalid_value" }));
    expect(attempt).toThrow(expect.objectContaining({ code: "invalid_spec", context: { issues } }));
  });

  it("tells mixings that follow the model's predictions from others wherever they mix something in, and only there", () => {
    const axes = { "smoothing.epsilon": [0, 0.1], "strategy.kind": ["none", "online", "zipf"] };
    expect(plan({ axes, seeds: [0] }).distinct).toBe(1 + 3);
    const powers = { "strategy.power": [0, 1, 2] };
    const ranked = plan({ axes: powers, strategy: { kind: "zipf" }, seeds: [0] });
    const [even] = plan({ axes: {}, seeds: [0] }).trials;
    expect(ranked.distinct).toBe(3);
    expect(ranked.trials[0]?.fingerprint).toBe(even?.fingerprint);
  });

  it.each([
    ["Mixup", { training: { mixup: 0.2 } }, unbalanced],
    ["more than 1,024 classes", {}, { ...unbalanced, classCount: 1025, trainClassCounts: Array(1025).fill(4) }],
  ])("refuses mixings that follow the model's predictions with %s", (_, changes, snapshot) => {
    const axes = { "smoothing.epsilon": [0, 0.1], "strategy.kind": ["online", "zipf"] };
    const issues = ["online", "zipf"].map((value) => expect.objectContaining({ code: "invalid_value", value }));
    expect(() => plan({ ...changes, axes }, snapshot)).toThrow(
      expect.objectContaining({ code: "invalid_spec", context: { issues } }),
    );
  });

  it("takes a named cross-entropy for the loss that was left out", () => {
    const print = (training: NonNullable<SweepSpecInput["training"]>) => plan({ training }).trials[0]?.fingerprint;
    expect(print({ loss: { kind: "cross-entropy" } })).toBe(print({}));
    expect(print({ loss: { kind: "focal" } })).not.toBe(print({}));
  });

  it("shows the strength in its uniform-equivalent form, and none where it varies by class", () => {
    const shown = (strategy: SweepSpecInput["strategy"], convention: "uniform" | "off-target") =>
      plan({ axes: {}, smoothing: { epsilon: 0.09, convention }, strategy }).cells[0]?.planSummary.canonicalEpsilon;
    expect(shown({ kind: "none" }, "off-target")).toBeCloseTo(0.1, 12);
    expect(shown({ kind: "class-prior" }, "off-target")).toBeCloseTo(0.1, 12);
    expect(shown({ kind: "smaller-epsilon", factor: 0.5 }, "uniform")).toBeCloseTo(0.045, 12);
    expect(shown({ kind: "label-aware", headEpsilon: 0.3, tailEpsilon: 0, shape: "concave" }, "uniform")).toBeNull();
  });

  it("shows flipped labels of sigmoids with twice their strength, that of the convention half", () => {
    const shown = (convention: "half" | "flip") => {
      const training = { loss: { kind: "binary-cross-entropy", convention } } as const;
      return plan({ axes: {}, smoothing: { epsilon: 0.1 }, training }).cells[0]?.planSummary;
    };
    expect(shown("half")).toMatchObject({ epsilon: 0.1, canonicalEpsilon: 0.1 });
    expect(shown("flip")).toMatchObject({ epsilon: 0.1, canonicalEpsilon: 0.2 });
  });

  it("trains 51 of the 60 trials of the quickstart", () => {
    const sweep = plan();
    expect([sweep.cells.length, sweep.trials.length, sweep.distinct]).toEqual([20, 60, 51]);
    expect(sweep.trials.map(({ ordinal }) => ordinal)).toEqual(Array.from({ length: 60 }, (_, index) => index));
  });

  it("makes all epsilon-0 cells of a seed one trial, the first of them", () => {
    const hard = plan().trials.filter(({ cell }) => cell.settings.smoothing.epsilon === 0);
    for (const seed of quickstart.seeds) {
      const [first, ...others] = hard.filter((trial) => trial.seed === seed);
      expect(first?.representativeId).toBeNull();
      expect(others.map(({ representativeId }) => representativeId)).toEqual([first?.id, first?.id, first?.id]);
    }
  });

  it("merges within a seed only", () => {
    const seedOf = new Map(plan().trials.map(({ id, seed }) => [id, seed]));
    for (const trial of plan().trials) expect(seedOf.get(ownerOf(trial))).toBe(trial.seed);
  });

  it("takes off-target e and uniform e K / (K - 1) for the same targets", () => {
    // K = 10: off-target 0.09 is uniform 0.1, and off-target 0.36 is uniform 0.4; in doubles 0.09 * 10 / 9 may differ from 0.1.
    const axes = { "smoothing.epsilon": [0.09, 0.1, 0.36, 0.4], "smoothing.convention": ["uniform", "off-target"] };
    const { trials, distinct } = plan({ axes, seeds: [0] });
    const find = (convention: string, epsilon: number) =>
      trials.find(
        ({ cell: { settings } }) =>
          settings.smoothing.convention === convention && settings.smoothing.epsilon === epsilon,
      ) as PlannedTrial;
    expect(distinct).toBe(6);
    expect(distinctOwners([find("off-target", 0.09), find("uniform", 0.1)])).toBe(1);
    expect(distinctOwners([find("off-target", 0.36), find("uniform", 0.4)])).toBe(1);
    expect(find("off-target", 0.09).cell.planSummary).toMatchObject({ convention: "off-target", epsilon: 0.09 });
    expect(find("off-target", 0.09).cell.planSummary.canonicalEpsilon).toBeCloseTo(0.1, 12);
  });

  it("takes the class prior of a balanced set for no strategy at all", () => {
    const axes = { "strategy.kind": ["none", "class-prior"] };
    expect(plan({ axes, seeds: [0] }, balanced).distinct).toBe(1);
    expect(plan({ axes, seeds: [0] }, unbalanced).distinct).toBe(2);
  });

  it("groups the trials that share seed and training, whatever their smoothing", () => {
    const { trials } = plan({ axes: { ...quickstart.axes, "training.batchSize": [64, 128] } });
    const groups = new Map<string, Set<string>>();
    for (const { groupId, seed, cell } of trials) {
      const key = `${seed} ${cell.settings.training.batchSize}`;
      groups.set(groupId, (groups.get(groupId) ?? new Set()).add(key));
    }
    expect(groups.size).toBe(6);
    expect([...groups.values()].map((keys) => keys.size)).toEqual([1, 1, 1, 1, 1, 1]);
  });

  it("groups trials that differ in numbers of training only, and trains each of them", () => {
    const axes = {
      "training.optimizer.learningRate": [0.01, 0.1],
      "training.weightDecay": [0, 1e-4],
      "training.loss.gamma": [1, 2],
    };
    const { trials, distinct } = plan({ axes, training: { loss: { kind: "focal" } }, seeds: [0, 1] });
    expect([trials.length, distinct, new Set(trials.map(({ groupId }) => groupId)).size]).toEqual([16, 16, 2]);
  });

  it("keeps the groups of two sweeps apart, and their fingerprints together", () => {
    const [one, other] = [plan(), plan({}, unbalanced, 1000)];
    expect(other.trials.map(({ fingerprint }) => fingerprint)).toEqual(
      one.trials.map(({ fingerprint }) => fingerprint),
    );
    expect(other.trials[0]?.groupId).not.toBe(one.trials[0]?.groupId);
    expect(other.specHash).toBe(one.specHash);
  });

  it("gives fingerprints that do not depend on the order in which the specification's keys were written", () => {
    const training = { epochs: 3, batchSize: 64, optimizer: { kind: "sgd" as const, learningRate: 0.1, momentum: 0 } };
    const reversed = { optimizer: { momentum: 0, learningRate: 0.1, kind: "sgd" as const }, batchSize: 64, epochs: 3 };
    const [one, other] = [plan({ training }), plan({ training: reversed })];
    expect(other.trials.map(({ fingerprint }) => fingerprint)).toEqual(
      one.trials.map(({ fingerprint }) => fingerprint),
    );
    expect(other.specHash).toBe(one.specHash);
  });

  it.each([
    ["data", {}, { ...unbalanced, id: "sha256:other" }],
    ["model", { model: { kind: "mlp" as const, hidden: [64] } }, unbalanced],
    ["training", { training: { epochs: 7 } }, unbalanced],
    ["seeds", { seeds: [7, 8, 9] }, unbalanced],
  ])("gives other fingerprints for other %s", (_what, changes, snapshot) => {
    const known = new Set(plan().trials.map(({ fingerprint }) => fingerprint));
    const { trials } = plan(changes, snapshot);
    expect(trials.filter(({ fingerprint }) => known.has(fingerprint))).toEqual([]);
  });

  it("plans a class without a training row", () => {
    const snapshot = { ...unbalanced, trainClassCounts: [0, ...unbalanced.trainClassCounts.slice(1)] };
    expect(plan({}, snapshot).distinct).toBe(51);
  });
});

describe("mergeNotes", () => {
  it("says in one line how many cells share each target plan", () => {
    expect(mergeNotes(plan())).toEqual([
      "4 cells have the same targets and are trained once a seed: uniform 0 at K = 10 is the hard label",
    ]);
  });

  it("says nothing where nothing was merged", () => {
    expect(mergeNotes(plan({ axes: { "smoothing.epsilon": [0, 0.1] } }))).toEqual([]);
  });
});
