import { createEventFeed, createTrialStore, createWorkQueueLedger, openDatabase } from "@smoothsweep/database";
import { freshDatabase, trialStoreContract } from "@smoothsweep/testkit";

trialStoreContract("PostgreSQL", async () => {
  const test = await freshDatabase();
  const database = openDatabase({ url: test.url });
  const feed = await createEventFeed(database);
  return {
    store: createTrialStore(database),
    ledger: createWorkQueueLedger(database),
    feed,
    expireLeases: async () => {
      await database.pool.query(
        "UPDATE trial SET lease_expires_at = now() - interval '1 second' WHERE state = 'running'",
      );
    },
    passBackoffs: async () => {
      for (const table of ["trial", "outbox"]) await database.pool.query(`UPDATE ${table} SET not_before = NULL`);
    },
    close: async () => {
      await feed.close();
      await database.close();
      await test.drop();
    },
  };
});
