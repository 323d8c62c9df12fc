import { availableParallelism, totalmem } from "node:os";
import { expect, test } from "vitest";
import { describeMachine } from "./describeMachine.ts";

test("a machine has no more cores and memory for us than it has at all", () => {
  const machine = describeMachine();
  expect(machine.cores).toBeGreaterThanOrEqual(1);
  expect(machine.cores).toBeLessThanOrEqual(availableParallelism());
  expect(machine.memoryBytes).toBeGreaterThan(0);
  expect(machine.memoryBytes).toBeLessThanOrEqual(totalmem());
  expect(machine.freeMemoryBytes).toBeLessThanOrEqual(machine.memoryBytes);
});
