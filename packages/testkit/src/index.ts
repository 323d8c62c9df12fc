export { retryContract } from "./contracts/retryContract.ts";
export { claimAll, type StoreHarness } from "./contracts/storeHarness.ts";
export { submissionContract } from "./contracts/submissionContract.ts";
export { sweepControlContract } from "./contracts/sweepControlContract.ts";
export { trialQueueContract } from "./contracts/trialQueueContract.ts";
export { trialStoreContract } from "./contracts/trialStoreContract.ts";
export { acceptedResult, epochReport, splitMetrics, testEngine, trialMetrics } from "./factories/resultFactory.ts";
export { plannedSweep, sha256, sweepSpecInput, testCatalogue, testSnapshot } from "./factories/sweepFactory.ts";
export { createTemplateDatabase, freshDatabase, type TestDatabase } from "./postgres/freshDatabase.ts";
export {
  canLaunchRedis,
  hasRedis,
  launchTestRedis,
  REDIS_MISSING,
  startTestRedis,
  type TestRedis,
} from "./redis/findRedis.ts";
