import { eventFeedContract } from "../contracts/eventFeedContract.ts";
import { revocationFeedContract } from "../contracts/revocationFeedContract.ts";
import { trialQueueContract } from "../contracts/trialQueueContract.ts";
import { workerRegistryContract } from "../contracts/workerRegistryContract.ts";
import { createMemoryEventFeed, createMemoryRevocations } from "./createMemoryFeeds.ts";
import { createMemoryQueue } from "./createMemoryQueue.ts";
import { createMemoryWorkerRegistry } from "./createMemoryWorkerRegistry.ts";

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

workerRegistryContract("memory", async () => {
  const held = new Map<string, number>();
  return {
    registry: createMemoryWorkerRegistry((workerId) => held.get(workerId) ?? 0),
    holdTrials: async (workerId) => {
      held.set(workerId, 3);
      return 3;
    },
    close,
  };
});
