import { modelSpecSchema, packingObstacle } from "@smoothsweep/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataOf, type ModelFixture, modelFixtures, titleOf } from "../../test/conformance/modelFixtures.ts";
import { packRequest, recordPack, smoothedTrial } from "../../test/fixtures/packs.ts";
import { planOf } from "../../test/fixtures/plans.ts";
import type { Engine } from "../engines/engine.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { createModel } from "../models/createModel.ts";
import { halvingNote, packNotes } from "./packNotes.ts";
import type { PackRequest } from "./packTypes.ts";
import { splitPack } from "./splitPack.ts";
import { trainPack } from "./trainPack.ts";

const trials = [smoothedTrial(0), smoothedTrial(0.1), smoothedTrial(0.2)];
const training = packRequest([]).training;
const notesOf = (request: PackRequest) => packNotes(request, splitPack(request));

describe("packNotes", () => {
  test("says nothing of trials that train in one go", () => {
    expect(notesOf(packRequest(trials))).toEqual([]);
  });

  test("says that convolutions train one trial after another, of every trial of the pack, and not of a lone one", () => {
    const model = modelSpecSchema.parse({ kind: "cnn" });
    const text = expect.stringMatching(/convolutions of `cnn` train one trial after another: engines have no/);
    const trialIds = ["epsilon-0", "epsilon-0.1", "epsilon-0.2"];
    expect(notesOf(packRequest(trials, { model }))).toEqual([{ trialIds, text }]);
    expect(notesOf(packRequest(trials.slice(0, 1), { model }))).toEqual([]);
  });

  test.each([
    ["their rows are drawn in different ways", { plan: planOf({ kind: "resampled", sampling: "balanced" }) }],
    ["their settings are not those of one program", { training: { ...training, batchSize: 7 } }],
    ["targets of so many classes are kept in two forms", { plan: { ...planOf({ kind: "none" }), classCount: 600 } }],
  ])("says why trials train one part after another: %s", (reason, changes) => {
    const odd = { ...smoothedTrial(0.3, "odd"), ...changes };
    const notes = notesOf(packRequest([...trials, odd]));
    expect(notes).toEqual([
      {
        trialIds: ["epsilon-0", "epsilon-0.1", "epsilon-0.2", "odd"],
        text: `3 + 1 trials train one part after another: ${reason}`,
      },
    ]);
  });

  test("what begins anew in halves is told with the number that did not fit", () => {
    expect(halvingNote(trials.slice(1), 3)).toEqual({
      trialIds: ["epsilon-0.1", "epsilon-0.2"],
      text: "memory ran out with 3 trials in one program: the 2 that had no end yet begin anew in halves",
    });
  });
});

describe("a model", () => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine("cpu");
  });
  afterAll(() => engine.dispose());

  /** How many operations predict two rows with so many copies. */
  async function countOperations(fixture: ModelFixture, copies: number): Promise<number> {
    const { tf } = engine;
    const data = dataOf(fixture);
    const model = createModel(tf, fixture.model, data);
    const { kernels } = await tf.profile(() =>
      tf.tidy(() => {
        const values = model.shapes.map(({ shape }) => tf.zeros([copies, ...shape]));
        const rows = data.validation.inputs.subarray(0, 2 * data.featureCount);
        model.predict(values, tf.tensor2d(rows, [2, data.featureCount]));
      }),
    );
    return kernels.length;
  }

  test.each(modelFixtures.map((fixture) => [titleOf(fixture), fixture] as const))(
    "takes the same operations for 4 copies as for 2, unless it is said to train in turn: %s",
    async (_, fixture) => {
      const takesMore = (await countOperations(fixture, 4)) > (await countOperations(fixture, 2));
      expect(takesMore).toBe(packingObstacle(fixture.model) !== undefined);
    },
  );

  test("that trains in turn says so once, before its first epoch", async () => {
    const fixture = modelFixtures.find(({ model }) => model.kind === "cnn") as ModelFixture;
    const said: string[] = [];
    const { hooks, failures } = recordPack({
      onNote: ({ text }) => said.push(text),
      onEpoch: (trialId, { epoch }) => said.push(`${trialId} epoch ${epoch}`),
    });
    const plan = planOf({ kind: "none" }, undefined, { classCount: fixture.classCount });
    const pack = [
      { trialId: "a", plan },
      { trialId: "b", plan },
    ];
    await trainPack(engine, packRequest(pack, { model: fixture.model, data: dataOf(fixture) }), hooks);
    expect(failures).toEqual([]);
    expect(said[0]).toMatch(/^the convolutions of `cnn`/);
    expect(said.slice(1)).toHaveLength(2 * training.epochs);
    expect(said.slice(1).every((line) => line.includes("epoch"))).toBe(true);
  });
});
