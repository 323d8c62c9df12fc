import type { TargetPlan } from "@smoothsweep/smoothing";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { expectClose } from "../../test/fixtures/closeTo.ts";
import { installedEngines } from "../../test/fixtures/installedEngines.ts";
import { planOf } from "../../test/fixtures/plans.ts";
import type { Engine } from "../engines/engine.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { randomStream } from "../randomness/randomStream.ts";
import { uniformValues } from "../randomness/uniformValues.ts";
import type { LossSettings } from "../settings/lossSettings.ts";
import { entropyFloor } from "../targets/entropies.ts";
import { createTargetTimeline } from "../targets/targetTimeline.ts";
import { type BatchMixing, drawMixing, mixRows } from "./batchMixing.ts";
import { createLossBatch } from "./lossBatch.ts";
import { lossOfBatch } from "./lossOfBatch.ts";

const crossEntropy: LossSettings = { kind: "cross-entropy" };
const sigmoids: LossSettings = { kind: "binary-cross-entropy", convention: "half" };
const labels = Int32Array.of(0, 1, 2, 1, 4, 3);
const mixing: BatchMixing = { share: 0.3, partners: Uint32Array.of(2, 5, 0, 3, 1, 4) };
const mate = (values: Int32Array) => values.map((_, row) => values[mixing.partners[row] as number] as number);

describe("mixRows", () => {
  test("mixes each row with its partner's, block by block", () => {
    const pairs = { share: 0.25, partners: Uint32Array.of(1, 0) };
    const mixed = mixRows(Float32Array.of(0, 8, 4, 16, 100, 0, 0, 0), pairs, 2);
    expect(Array.from(mixed)).toEqual([3, 14, 1, 10, 25, 0, 75, 0]);
  });
});

describe("drawMixing", () => {
  test("is a function of the stream alone and pairs every row once", () => {
    const first = drawMixing(randomStream(3, "mixup/0"), 0.4, 50);
    expect(drawMixing(randomStream(3, "mixup/0"), 0.4, 50)).toEqual(first);
    expect(drawMixing(randomStream(4, "mixup/0"), 0.4, 50)).not.toEqual(first);
    expect(Array.from(first.partners).sort((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, row) => row));
  });
});

describe.each(installedEngines)("the loss of mixed targets on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  function compute(plan: TargetPlan, loss: LossSettings, batch: { labels: Int32Array; mixing: BatchMixing | null }) {
    const { tf } = engine;
    const { classCount } = plan;
    const rows = Uint32Array.from(batch.labels, (_, row) => row);
    const view = createTargetTimeline(plan, { loss }).at(1);
    const logits = uniformValues(randomStream(2, "logits"), labels.length * classCount, 3);
    const told = tf.tidy(() => {
      const seen = tf.tensor3d(logits, [1, labels.length, classCount]);
      const made = createLossBatch([view], { ...batch, rows }, { loss, classCount, mixing: batch.mixing });
      const { losses, gradient, entropies } = lossOfBatch(tf, seen, { batch: made, losses: [loss] });
      return [losses, gradient, ...(entropies ? [entropies] : [])];
    });
    const values = told.map((tensor) => Array.from(tensor.dataSync()));
    tf.dispose(told);
    return { losses: values[0] as number[], gradient: values[1] as number[], entropies: values[2] };
  }

  const plans: [string, TargetPlan, LossSettings][] = [
    ["uniform", planOf({ kind: "none" }), crossEntropy],
    ["a prior and weights", { ...planOf({ kind: "class-prior" }), sampleWeight: [1, 2, 3, 4, 5] }, crossEntropy],
    ["700 classes", planOf({ kind: "none" }, undefined, { classCount: 700 }), crossEntropy],
    ["hard labels", planOf({ kind: "none" }, { convention: "uniform", epsilon: 0 }), crossEntropy],
    ["sigmoids", planOf({ kind: "none" }), sigmoids],
  ];

  test.each(plans)("is the mixture of both losses, as they are linear in the targets: %s", (_, plan, loss) => {
    const mixed = compute(plan, loss, { labels, mixing });
    const [own, other] = [labels, mate(labels)].map((given) => compute(plan, loss, { labels: given, mixing: null }));
    const expected = (key: "losses" | "gradient") =>
      own?.[key].map((value, index) => 0.3 * value + 0.7 * (other?.[key][index] as number)) as number[];
    expectClose(mixed.losses, expected("losses"), 1e-5);
    expectClose(mixed.gradient, expected("gradient"), 1e-5);
  });

  test.each(plans)("comes with the entropy of the mixed rows: %s", (_, plan, loss) => {
    const { targets } = createTargetTimeline(plan, { loss }).at(1);
    const rowOf = (label: number) => {
      if (targets.form === "dense") return targets.rowOf({ label, row: 0 }).values;
      return targets.mixing.map((share, k) =>
        k === label ? (targets.own[label] as number) : (targets.shared[label] as number) * share,
      );
    };
    const expected = Array.from(labels, (label, row) => {
      const [own, other] = [rowOf(label), rowOf(mate(labels)[row] as number)];
      return entropyFloor(
        Float64Array.from(own, (mass, k) => 0.3 * mass + 0.7 * (other[k] as number)),
        loss,
      );
    });
    expectClose(compute(plan, loss, { labels, mixing }).entropies as number[], expected, 1e-5);
  });
});
