import { newId as newRuntimeId } from "@smoothsweep/runtime";
import type { PlanningTools } from "@smoothsweep/sweeps";
import type { StoreHarness } from "@smoothsweep/testkit";
import { afterAll } from "vitest";
import { openStore } from "./openStore.ts";

type NewId = PlanningTools["newId"];

/**
 * One database for all tests of a file: emptying it is much faster than making another.
 * @returns what empties it and opens it again
 */
export function shareStore(): (newId?: NewId) => Promise<StoreHarness> {
  let shared: Awaited<ReturnType<typeof openStore>> | undefined;
  let names: NewId = newRuntimeId;
  afterAll(() => shared?.close());
  return async (newId = newRuntimeId) => {
    names = newId;
    shared ??= await openStore({ newId: (prefix) => names(prefix) });
    for (const table of ["outbox", "submission", "sweep", "worker", "installation"]) {
      await shared.database.pool.query(`DELETE FROM ${table}`);
    }
    return { ...shared, close: async () => {} };
  };
}
