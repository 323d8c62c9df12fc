import { datasetStoreContract } from "../contracts/datasetStoreContract.ts";
import { eventFeedContract } from "../contracts/eventFeedContract.ts";
import { revocationFeedContract } from "../contracts/revocationFeedContract.ts";
import { trialQueueContract } from "../contracts/trialQueueContract.ts";
import { testCatalogue } from "../factories/sweepFactory.ts";
import { createMemoryDatasetStore } from "./createMemoryDatasetStore.ts";
import { createMemoryEventFeed, createMemoryRevocations } from "./createMemoryFeeds.ts";
import { createMemoryQueue } from "./createMemoryQueue.ts";

const close = async () => {};

trialQueueContract("memory", async () => createMemoryQueue());

eventFeedContract("memory", async () => {
  const feed = createMemoryEventFeed();
  const [sweepId, otherId] = ["swp_a", "swp_b"];
  for (const id of [sweepId, otherId]) feed.create(id);
  return { feed, sweepId, otherId, append: async (id, events) => feed.append(id, events), close };
});

revocationFeedContract("memory", async () => {
  const { join, revoke } = createMemoryRevocations();
  return {
    join: async () => join(),
    revoke: async () => {
      revoke("swp_a");
      return "swp_a";
    },
    cut: async () => revoke(undefined),
    close,
  };
});

datasetStoreContract("memory", async () => {
  const codes = ["dataset_unreachable", "dataset_corrupt"] as const;
  const datasets = createMemoryDatasetStore(testCatalogue, {
    dataset_unreachable: codes[0],
    dataset_corrupt: codes[1],
  });
  const data = { dataset: "tiny", train: 100, validation: 50, test: 50, splitSeed: 1 };
  const troubles = codes.map((code) => ({ code, describe: () => datasets.describe({ ...data, dataset: code }) }));
  return { datasets, data, troubles };
});
