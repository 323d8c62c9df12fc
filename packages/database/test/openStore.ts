import {
  createEventFeed,
  createRevocationFeed,
  createSweepControl,
  createTrialStore,
  createWorkQueueLedger,
  type Database,
  openDatabase,
} from "@smoothsweep/database";
import { newId } from "@smoothsweep/runtime";
import { freshDatabase, type StoreHarness, sha256, testCatalogue } from "@smoothsweep/testkit";

/** Every port of the ledger on a database of its own, which can be looked into. */
export async function openStore({
  connectionsMax,
}: {
  connectionsMax?: number;
} = {}): Promise<StoreHarness & { database: Database }> {
  const test = await freshDatabase();
  const database = openDatabase({ url: test.url, ...(connectionsMax !== undefined && { connectionsMax }) });
  const [feed, revocations] = await Promise.all([createEventFeed(database), createRevocationFeed(database)]);
  const turn = async () => {};
  return {
    database,
    store: createTrialStore(database),
    control: createSweepControl(database, { hash: sha256, newId, turn, catalogue: testCatalogue }),
    ledger: createWorkQueueLedger(database),
    feed,
    revocations,
    expireLeases: async () => {
      await database.pool.query(
        "UPDATE trial SET lease_expires_at = now() - interval '1 second' WHERE state = 'running'",
      );
    },
    passBackoffs: async () => {
      for (const table of ["trial", "outbox"]) await database.pool.query(`UPDATE ${table} SET not_before = NULL`);
    },
    close: async () => {
      await Promise.all([feed.close(), revocations.close()]);
      await database.close();
      await test.drop();
    },
  };
}
