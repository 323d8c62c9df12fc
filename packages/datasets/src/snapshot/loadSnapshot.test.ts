import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { DataSpec } from "@smoothsweep/contracts";
import { describe, expect, test } from "vitest";
import { describeSnapshot } from "./describeSnapshot.ts";
import { loadSnapshot } from "./loadSnapshot.ts";

const spec: DataSpec = { dataset: "synthetic-blobs", train: 3000, validation: 1000, test: 1000, splitSeed: 2026 };
// Nothing is read or written for data that are computed.
const options = { cacheDirectory: "/nonexistent" };

describe("snapshots", () => {
  test("the synthetic data have the pinned bytes, and their snapshot the id it has since identity version 2", async () => {
    const { id } = await describeSnapshot(spec, options);
    expect(id).toBe("sha256:87a066d5e653c9dfea47044b6621222814832e38c679ee78f841475d555da675");
  });

  test("a loaded snapshot is the described one, whole and of the right sizes", async () => {
    const snapshot = await loadSnapshot(spec, options);
    const described = await describeSnapshot(spec, options);
    expect(snapshot).toMatchObject(described);
    expect(snapshot.train.inputs).toHaveLength(3000 * 20);
    expect(snapshot.test.labels).toHaveLength(1000);
    expect(snapshot.trainClassCounts.reduce((sum, count) => sum + count, 0)).toBe(3000);
    expect(snapshot.classCounts.test).toEqual(new Array(10).fill(100));
    expect(snapshot.train.inputs.every(Number.isFinite)).toBe(true);
  });

  test("the classes overlap, and can be told apart better than by chance", async () => {
    const { train, test: held, featureCount, classCount, trainClassCounts } = await loadSnapshot(spec, options);
    const means = new Float64Array(classCount * featureCount);
    train.inputs.forEach((value, place) => {
      const label = train.labels[Math.floor(place / featureCount)] ?? 0;
      const mean = label * featureCount + (place % featureCount);
      means[mean] = (means[mean] ?? 0) + value / (trainClassCounts[label] ?? 1);
    });
    const distance = (row: number, label: number) =>
      means.subarray(label * featureCount, (label + 1) * featureCount).reduce((sum, mean, feature) => {
        return sum + (mean - (held.inputs[row * featureCount + feature] ?? 0)) ** 2;
      }, 0);
    let right = 0;
    for (const [row, label] of held.labels.entries()) {
      const distances = Array.from({ length: classCount }, (_, candidate) => distance(row, candidate));
      if (distances.indexOf(Math.min(...distances)) === label) right += 1;
    }
    // The nearest class mean is nearly the best rule for such clouds.
    expect(right / 1000).toBeGreaterThan(0.8);
    expect(right / 1000).toBeLessThan(0.92);
  });

  test("language has a label per token: the token that comes next", async () => {
    const language = await loadSnapshot({ ...spec, dataset: "synthetic-language", test: 500 }, options);
    expect(language.train.labels).toHaveLength(3000 * 32);
    expect(language.trainClassCounts.reduce((sum, count) => sum + count, 0)).toBe(3000 * 32);
    const { inputs, labels } = language.train;
    const follows = inputs.filter((token, place) => place % 32 > 0 && token !== labels[place - 1]);
    expect(follows).toHaveLength(0);
  });

  test("the id changes with every part of the split and with its seed", async () => {
    const variants = [spec, { ...spec, train: 2999 }, { ...spec, validation: 999 }, { ...spec, test: 999 }];
    const specs = [...variants, { ...spec, splitSeed: 2027 }];
    const ids = await Promise.all(specs.map(async (variant) => (await describeSnapshot(variant, options)).id));
    expect(new Set(ids).size).toBe(specs.length);
  });

  test("a file placed by hand with another content is refused before anything is computed with it", async () => {
    const given = await mkdtemp(join(tmpdir(), "smoothsweep-given-"));
    await mkdir(join(given, "mnist"));
    await writeFile(join(given, "mnist", "train-labels-idx1-ubyte"), Buffer.alloc(60_008));
    const mnist = { ...spec, dataset: "mnist" };
    const refused = describeSnapshot(mnist, { ...options, datasetsDirectory: given });
    await expect(refused).rejects.toMatchObject({ code: "dataset_corrupt" });
    await rm(given, { recursive: true });
  });
});
