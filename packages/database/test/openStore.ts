import {
  createEventFeed,
  createHousekeeper,
  createPredictionStore,
  createRevocationFeed,
  createSweepControl,
  createTrialStore,
  createWorkerRegistry,
  createWorkQueueLedger,
  type Database,
  openDatabase,
} from "@smoothsweep/database";
import { newId as newRuntimeId } from "@smoothsweep/runtime";
import type { PlanningTools } from "@smoothsweep/sweeps";
import { freshDatabase, type StoreHarness, sha256, testCatalogue } from "@smoothsweep/testkit";

/** Time passes when everything has happened so many milliseconds earlier: every moment in every table. */
async function moveBack({ pool }: Database, ms: number): Promise<void> {
  const { rows } = await pool.query<{ statement: string }>(
    `SELECT format('UPDATE %I SET ', table_name)
       || string_agg(format('%1$I = %1$I - $1 * interval ''1 millisecond''', column_name), ', ') AS statement
     FROM information_schema.columns
     WHERE table_schema = 'public' AND data_type = 'timestamp with time zone' GROUP BY table_name`,
  );
  for (const { statement } of rows) await pool.query(statement, [ms]);
}

/** Every port of the ledger on a database of its own, which can be looked into. */
export async function openStore({
  connectionsMax,
  newId = newRuntimeId,
}: {
  connectionsMax?: number;
  newId?: PlanningTools["newId"];
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
    predictions: createPredictionStore(database),
    housekeeper: createHousekeeper(database),
    registry: createWorkerRegistry(database),
    passTime: (ms) => moveBack(database, ms),
    close: async () => {
      await Promise.all([feed.close(), revocations.close()]);
      await database.close();
      await test.drop();
    },
  };
}
