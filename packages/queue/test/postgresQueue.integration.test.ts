import { createPostgresQueue } from "@smoothsweep/queue";
import { createLogger } from "@smoothsweep/runtime";
import { freshDatabase, type TestDatabase, trialQueueContract } from "@smoothsweep/testkit";
import { afterAll, beforeAll } from "vitest";

let database: TestDatabase;
let count = 0;
beforeAll(async () => {
  database = await freshDatabase();
});
afterAll(() => database.drop());

trialQueueContract("BullMQ on PostgreSQL", async () => {
  const logger = createLogger({ name: "test", level: "silent" });
  return createPostgresQueue({ url: database.url, logger, schema: `queue_${++count}` });
});
