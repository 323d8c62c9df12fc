export { datasetStoreContract } from "./contracts/datasetStoreContract.ts";
export { eventFeedContract } from "./contracts/eventFeedContract.ts";
export { revocationFeedContract } from "./contracts/revocationFeedContract.ts";
export { storeContracts } from "./contracts/storeContracts.ts";
export { claimAll, type StoreHarness } from "./contracts/storeHarness.ts";
export { sweepExporterContract } from "./contracts/sweepExporterContract.ts";
export { trialQueueContract } from "./contracts/trialQueueContract.ts";
export { fillSweep, type StatementRunner } from "./factories/fillSweep.ts";
export { acceptedResult, epochReport, testEngine, trialMetrics } from "./factories/resultFactory.ts";
export { plannedSweep, sha256, sweepSpecInput, testCatalogue, testSnapshot } from "./factories/sweepFactory.ts";
export { historyContract } from "./histories/historyContract.ts";
export { createTemplateDatabase, freshDatabase, type TestDatabase } from "./postgres/freshDatabase.ts";
export {
  canLaunchRedis,
  hasRedis,
  launchTestRedis,
  REDIS_MISSING,
  startTestRedis,
  type TestRedis,
} from "./redis/findRedis.ts";
