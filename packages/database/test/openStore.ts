import {
  createEventFeed,
  createRevocationFeed,
  createSweepControl,
  createTrialStore,
  createWorkQueueLedger,
  openDatabase,
} from "@smoothsweep/database";
import { newId } from "@smoothsweep/runtime";
import { freshDatabase, type StoreHarness, sha256, testCatalogue } from "@smoothsweep/testkit";

/** Every port of the ledger on a database of its own. */
export async function openStore(): Promise<StoreHarness> {
  const test = await freshDatabase();
  const database = openDatabase({ url: test.url });
  const [feed, revocations] = await Promise.all([createEventFeed(database), createRevocationFeed(database)]);
  const turn = async () => {};
  return {
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
