import { describe, expect, test } from "vitest";
import { datasetLimits, findDataset, knownDatasets } from "./catalogue.ts";

describe("the catalogue", () => {
  test("every data set has one name, its limits, and as many class names as classes", () => {
    const datasets = knownDatasets();
    expect(new Set(datasets.map(({ name }) => name)).size).toBe(datasets.length);
    for (const { name, classNames, classCount } of datasets) {
      expect(datasetLimits(name)?.classCount).toBe(classCount);
      expect(new Set(classNames).size).toBe(classCount);
    }
  });

  test("what is made up says so", () => {
    for (const { isSynthetic, description } of knownDatasets()) {
      expect(/synthetic/i.test(description)).toBe(isSynthetic);
    }
  });

  test("MNIST is the whole of it", () => {
    expect(datasetLimits("mnist")).toEqual({
      trainRows: 60_000,
      testRows: 10_000,
      classCount: 10,
      featureCount: 784,
      inputShape: { kind: "image", height: 28, width: 28, channels: 1 },
    });
  });

  test("an unknown name has no limits and is an invalid specification", () => {
    expect(datasetLimits("mnst")).toBeUndefined();
    expect(() => findDataset("mnst")).toThrow(expect.objectContaining({ code: "invalid_spec" }));
  });
});
