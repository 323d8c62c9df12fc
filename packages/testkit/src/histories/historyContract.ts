import type { PlanningTools } from "@smoothsweep/sweeps";
import fc from "fast-check";
import { describe, test } from "vitest";
import type { StoreHarness } from "../contracts/storeHarness.ts";
import { createMemoryStore } from "../memory/store/createMemoryStore.ts";
import { expectAllEnds, expectLaws } from "./laws.ts";
import { timeCommands } from "./timeCommands.ts";
import { userCommands } from "./userCommands.ts";
import { workerCommands } from "./workerCommands.ts";
import { countingIds, expectSameViews, type World } from "./world.ts";

/**
 * Random histories: users, workers and time do to a store and to its twin in memory the same, in any order. After every
 * step both have answered alike; at the end everything that is shown is alike, the laws hold, and nothing is lost.
 * @param open A store that is empty, whose extensions are named by `newId`.
 */
export function historyContract(
  name: string,
  open: (newId: PlanningTools["newId"]) => Promise<StoreHarness>,
  { histories, stepsMax }: { histories: number; stepsMax: number },
): void {
  describe(`${name}, whatever happens in whatever order`, () => {
    test("answers as its twin does, keeps the laws, and loses nothing", async () => {
      const commands = fc.commands([...workerCommands, ...userCommands, ...timeCommands], {
        maxCommands: stepsMax,
        size: "max",
      });
      const property = fc.asyncProperty(commands, async (steps) => {
        const world = await begin(open);
        try {
          await fc.asyncModelRun(() => ({ model: world, real: {} }), steps);
          await expectSameViews(world);
          await expectLaws(world);
          await expectAllEnds(world);
        } finally {
          await world.store.close();
        }
      });
      await fc.assert(property, { numRuns: histories, endOnFailure: false });
    }, 180_000);
  });
}

async function begin(open: (newId: PlanningTools["newId"]) => Promise<StoreHarness>): Promise<World> {
  return {
    twin: createMemoryStore({ newId: countingIds("x") }),
    store: await open(countingIds("x")),
    newId: countingIds("s"),
    ...{ sweeps: [], queue: [], requests: [], claims: [], accepted: new Map<string, number>() },
  };
}
