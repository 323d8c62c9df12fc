import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { PackWork } from "@smoothsweep/contracts";
import { afterEach, beforeEach, expect, test } from "vitest";
import { examinePackSizes } from "./examinePackSizes.ts";
import { renderPackingObstacles, renderPackSizes } from "./renderPackSizes.ts";

const work: PackWork = {
  engine: { name: "wasm", version: "4.22.0", device: "WebAssembly SIMD", threads: 1 },
  processor: "Some CPU",
  model: { kind: "mlp", hidden: [256, 64], activation: "relu" },
  dataset: "mnist",
  batchSize: 128,
  optimizer: "sgd",
  loss: "cross-entropy",
};
const sample = (rate: number, mebibytes: number) => ({ rate, memoryBytes: mebibytes * 2 ** 20 });

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), "smoothsweep-sizes-"));
});
afterEach(() => rmSync(folder, { recursive: true }));

function remember(samples: object) {
  writeFileSync(join(folder, "pack-sizes.json"), JSON.stringify(samples));
}

test("shows what packs of each size have shown, the fastest marked, and how to measure anew", () => {
  const sizes = { 8: [sample(21_000, 200), sample(30_000, 210), sample(22_500, 190)], 4: [sample(20_000, 150)] };
  remember({ [JSON.stringify(work)]: sizes });
  const found = examinePackSizes(folder);
  expect(found.measured).toMatchObject([
    {
      work,
      sizes: [
        { size: 4, packs: 1 },
        { size: 8, packs: 3 },
      ],
    },
  ]);
  expect(renderPackSizes(found)).toEqual([
    "wasm 4.22.0: mlp hidden 256-64, activation relu; mnist, batch 128, sgd, cross-entropy",
    "    4 trials: 20,000 examples/s, 150.0 MiB of memory (1 measured)",
    "    8 trials: 22,500 examples/s, 210.0 MiB of memory (3 measured), the fastest",
    `Delete ${join(folder, "pack-sizes.json")} to measure anew: the next packs do.`,
  ]);
});

test("leaves out work in the words of an earlier version, as workers do", () => {
  remember({ '["wasm","4.22.0"]': { 4: [sample(1, 1)] } });
  expect(examinePackSizes(folder).measured).toEqual([]);
});

test.each([
  ["is not there", () => undefined],
  ["is not readable", () => writeFileSync(join(folder, "pack-sizes.json"), "{ not json")],
])("says that nothing was measured where the file %s", (_, prepare) => {
  prepare();
  const found = examinePackSizes(folder);
  expect(found).toEqual({ file: join(folder, "pack-sizes.json"), measured: [] });
  expect(renderPackSizes(found)).toEqual([expect.stringMatching(/^none measured yet/)]);
});

test("names the models that do not train in one go", () => {
  expect(renderPackingObstacles().map((line) => line.split(":")[0])).toEqual(["cnn", "resnet-8"]);
});
