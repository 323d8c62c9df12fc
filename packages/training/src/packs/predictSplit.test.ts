import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { dataOf, type ModelFixture, modelFixtures } from "../../test/conformance/modelFixtures.ts";
import type { Engine } from "../engines/engine.ts";
import { resolveEngine } from "../engines/resolveEngine.ts";
import { createModel } from "../models/createModel.ts";
import type { PackModel } from "../models/packModel.ts";
import { disposeState, initialState } from "./packState.ts";
import { predictSplit } from "./predictSplit.ts";

const COPIES = 3;
const fixture = modelFixtures.find(({ model }) => model.kind === "causal-transformer") as ModelFixture;
const LENGTH = 6;
const perRow = LENGTH * fixture.classCount;
const pacemaker = { pause: () => Promise.resolve() };

describe.each(["wasm", "cpu"] as const)("predictions for a language on %s", (name) => {
  let engine: Engine;
  beforeAll(async () => {
    engine = await resolveEngine(name);
  });
  afterAll(() => engine.dispose());

  /** All logits, and how many numbers the largest tensor of logits had. */
  async function predict(logitsMax: number | undefined) {
    const { tf } = engine;
    const data = dataOf(fixture);
    const model = createModel(tf, fixture.model, data);
    let largest = 0;
    const watched: PackModel = {
      ...model,
      predict: (values, inputs) => {
        const logits = model.predict(values, inputs);
        largest = Math.max(largest, logits.size);
        return logits;
      },
    };
    const state = initialState(tf, model, { seed: 1, copies: COPIES, memories: 0 });
    const network = { model: watched, state, classCount: data.classCount };
    const rows = { split: data.validation, featureCount: data.featureCount, pacemaker };
    const logits = await predictSplit(engine, network, logitsMax === undefined ? rows : { ...rows, logitsMax });
    disposeState(tf, state);
    return { logits, largest };
  }

  test.each([
    ["4 rows", 4 * perRow + 1, 4],
    ["a row at least", 1, 1],
  ])("come in chunks of %s, so that memory is bounded, and are the same bit for bit", async (_, logitsMax, rows) => {
    const whole = await predict(undefined);
    expect(whole.largest).toBe(10 * perRow * COPIES);
    const chunked = await predict(logitsMax);
    expect(chunked.largest).toBe(rows * perRow * COPIES);
    expect(chunked.logits).toEqual(whole.logits);
  });
});
