import { readdirSync, readFileSync } from "node:fs";
import path from "node:path";
import type { Tensor } from "@tensorflow/tfjs-core";
import { beforeAll, expect, test } from "vitest";
import type { Engine } from "../../src/engines/engine.ts";
import { readTensor } from "../../src/engines/readTensor.ts";
import { randomStream } from "../../src/randomness/randomStream.ts";
import { uniformValues } from "../../src/randomness/uniformValues.ts";
import { expectClose } from "../fixtures/closeTo.ts";
import { describeEngines, onReference } from "./conformingEngines.ts";
import { infrastructure, type OperationCase, operationCases } from "./operationCases.ts";

/** Single precision, relative to the largest number. */
const TOLERANCE = 1e-5;

const titleOf = ({ operation, form }: OperationCase) => (form === undefined ? operation : `${operation} ${form}`);

function countOf(shape: readonly number[]): number {
  return shape.reduce((product, size) => product * size, 1);
}

function operandsOf({ tf }: Engine, { shapes, values }: OperationCase): Tensor[] {
  return shapes.map((shape, index) => {
    const drawn = uniformValues(randomStream(3, `operand/${index}`), countOf(shape), values === "positive" ? 0.8 : 2);
    return tf.tensor(values === "positive" ? drawn.map((value) => value + 1) : drawn, [...shape]);
  });
}

async function compute(engine: Engine, operation: OperationCase): Promise<Float32Array> {
  const { tf } = engine;
  return readTensor(tf.tidy(() => operation.run(tf, operandsOf(engine, operation))));
}

const expected = new Map<OperationCase, Float32Array>();
beforeAll(async () => {
  await onReference(async (engine) => {
    for (const operation of operationCases) expected.set(operation, await compute(engine, operation));
  });
});

describeEngines("operations", (engine) => {
  test.each(operationCases.map((operation) => [titleOf(operation), operation] as const))(
    "%s gives the reference's numbers within 1e-5",
    async (_, operation) => {
      const actual = await compute(engine.current(), operation);
      expectClose(actual, expected.get(operation) as Float32Array, TOLERANCE);
    },
  );
});

test("every operation that the sources call has a case, and every kernel that they run by name", () => {
  const root = path.join(import.meta.dirname, "../../src");
  const sources = readdirSync(root, { recursive: true, encoding: "utf8" }).filter(
    (name) => name.endsWith(".ts") && !name.endsWith(".test.ts"),
  );
  const calls = /\btf\.(\w+(?:\.\w+)?)\(|\brunKernel\("(\w+)"/g;
  const called = sources.flatMap((name) =>
    [...readFileSync(path.join(root, name), "utf8").matchAll(calls)].map(
      ([, operation, kernel]) => operation ?? kernel,
    ),
  );
  const known = new Set([...operationCases.map(({ operation }) => operation), ...infrastructure]);
  expect([...new Set(called)].filter((name) => !known.has(name as string))).toEqual([]);
  expect(called.length).toBeGreaterThan(100);
});
