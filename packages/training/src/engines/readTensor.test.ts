import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import { afterAll, beforeAll, expect, test } from "vitest";
import type { Engine } from "./engine.ts";
import { readTensor } from "./readTensor.ts";
import { resolveEngine } from "./resolveEngine.ts";

let engine: Engine;
beforeAll(async () => {
  engine = await resolveEngine("wasm");
});
afterAll(() => engine.dispose());

test("gives a tensor's values and frees it", async () => {
  const before = engine.tf.memory().numTensors;
  const values = await readTensor(engine.tf.tidy(() => engine.tf.add(engine.tf.tensor2d([[1, 2]]), 1)));
  expect(values).toEqual(Float32Array.of(2, 3));
  expect(engine.tf.memory().numTensors).toBe(before);
});

test("frees a tensor that cannot be read", async () => {
  const { tf } = engine;
  const before = tf.memory().numTensors;
  const tensor = tf.tensor1d([1]);
  tensor.data = () => Promise.reject(new Error("the device is lost"));
  await expect(readTensor(tensor)).rejects.toThrow("the device is lost");
  expect(tf.memory().numTensors).toBe(before);
});

test("nothing that trains reads in another way: a GPU cannot be read synchronously", () => {
  const root = path.join(import.meta.dirname, "..");
  const files = readdirSync(root, { recursive: true, encoding: "utf8" });
  const sources = files.filter((name) => name.endsWith(".ts") && !name.endsWith(".test.ts"));
  expect(sources.length).toBeGreaterThan(80);
  const readers = sources.filter((name) =>
    /\.(dataSync|arraySync|data<|array\(\))/.test(readFileSync(path.join(root, name), "utf8")),
  );
  expect(readers).toEqual([path.join("engines", "readTensor.ts")]);
});
