export { datasetStoreContract } from "./contracts/datasetStoreContract.ts";
export { eventFeedContract } from "./contracts/eventFeedContract.ts";
export { predictionStoreContract } from "./contracts/predictionStoreContract.ts";
export { retryContract } from "./contracts/retryContract.ts";
export { revocationFeedContract } from "./contracts/revocationFeedContract.ts";
export { claimAll, type StoreHarness } from "./contracts/storeHarness.ts";
export { submissionContract } from "./contracts/submissionContract.ts";
export { sweepControlContract } from "./contracts/sweepControlContract.ts";
export { sweepExporterContract } from "./contracts/sweepExporterContract.ts";
export { trialQueueContract } from "./contracts/trialQueueContract.ts";
export { trialStoreContract } from "./contracts/trialStoreContract.ts";
export { workerRegistryContract } from "./contracts/workerRegistryContract.ts";
export { fillSweep, type StatementRunner } from "./factories/fillSweep.ts";
export { acceptedResult, epochReport, splitMetrics, testEngine, trialMetrics } from "./factories/resultFactory.ts";
export { plannedSweep, sha256, sweepSpecInput, testCatalogue, testSnapshot } from "./factories/sweepFactory.ts";
export {
  createMemoryEventFeed,
  createMemoryRevocations,
  type MemoryEventFeed,
  type MemoryRevocations,
} from "./memory/createMemoryFeeds.ts";
export { createMemoryQueue } from "./memory/createMemoryQueue.ts";
export { createMemoryWorkerRegistry } from "./memory/createMemoryWorkerRegistry.ts";
export { createSweepMachine, type MachineTrial, type SweepMachine } from "./memory/sweepMachine.ts";
export { createTemplateDatabase, freshDatabase, type TestDatabase } from "./postgres/freshDatabase.ts";
export {
  canLaunchRedis,
  hasRedis,
  launchTestRedis,
  REDIS_MISSING,
  startTestRedis,
  type TestRedis,
} from "./redis/findRedis.ts";
