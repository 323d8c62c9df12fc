import { createTrialStore, openDatabase } from "@smoothsweep/database";
import { freshDatabase } from "@smoothsweep/testkit";
import { describe, expect, it } from "vitest";

describe("the store while the database is away", () => {
  it("says database_unavailable, which is retryable, instead of the driver's error", async () => {
    const test = await freshDatabase();
    const database = openDatabase({ url: test.url });
    const store = createTrialStore(database);
    await store.listSweeps({ limit: 1 });
    await test.drop();
    // The first answer may come from a connection that was cut, the next from one that cannot be opened.
    await expect(store.listSweeps({ limit: 1 })).rejects.toMatchObject({
      code: "database_unavailable",
      retryable: true,
    });
    await database.close();
  });

  it("opens nothing any more after it was closed", async () => {
    const test = await freshDatabase();
    const database = openDatabase({ url: test.url });
    await database.ping();
    await database.close();
    await expect(database.ping()).rejects.toMatchObject({ code: "database_unavailable" });
    await test.drop();
  });
});
