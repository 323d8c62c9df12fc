import { createRedisQueue } from "@smoothsweep/queue";
import { createLogger } from "@smoothsweep/runtime";
import { hasRedis, REDIS_MISSING, startTestRedis, type TestRedis, trialQueueContract } from "@smoothsweep/testkit";
import { afterAll, beforeAll, describe, it } from "vitest";

if (hasRedis()) {
  let redis: TestRedis;
  let count = 0;
  beforeAll(async () => {
    redis = await startTestRedis();
  });
  afterAll(() => redis.stop());

  trialQueueContract("BullMQ on Redis", async () => {
    const logger = createLogger({ name: "test", level: "silent" });
    return createRedisQueue({ url: redis.url, logger, prefix: `test-${process.pid}-${++count}` });
  });
} else {
  describe("BullMQ on Redis as TrialQueue", () => {
    it.skip(REDIS_MISSING, () => {});
  });
}
