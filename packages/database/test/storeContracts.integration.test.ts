import { storeContracts } from "@smoothsweep/testkit";
import { afterAll } from "vitest";
import { openStore } from "./openStore.ts";

let shared: Awaited<ReturnType<typeof openStore>> | undefined;
afterAll(() => shared?.close());

/** One database for all of them: emptying it is much faster than making another. */
storeContracts("PostgreSQL", async () => {
  shared ??= await openStore();
  for (const table of ["outbox", "submission", "sweep", "worker", "installation"]) {
    await shared.database.pool.query(`DELETE FROM ${table}`);
  }
  return { ...shared, close: async () => {} };
});
