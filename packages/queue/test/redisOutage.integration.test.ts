import { PassThrough } from "node:stream";
import type { TrainGroupJob } from "@smoothsweep/contracts";
import { createRedisQueue } from "@smoothsweep/queue";
import { createLogger } from "@smoothsweep/runtime";
import type { QueueConsumer, TrialQueue } from "@smoothsweep/sweeps";
import { canLaunchRedis, launchTestRedis, REDIS_MISSING, type TestRedis } from "@smoothsweep/testkit";
import { Redis } from "ioredis";
import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";

const token = (groupId: string) => ({
  job: { version: 1 as const, sweepId: "swp_test", groupId, index: 0 },
  generation: 0,
});
const soon = { timeout: 15_000, interval: 50 };

describe.skipIf(!canLaunchRedis())(`a worker whose Redis is in trouble (${REDIS_MISSING})`, () => {
  let redis: TestRedis;
  let admin: Redis;
  let queue: TrialQueue;
  let log: PassThrough;
  let lines: { msg: string; level: number }[];
  let consumer: QueueConsumer | undefined;
  beforeEach(async () => {
    redis = await launchTestRedis();
    admin = new Redis(redis.url, { maxRetriesPerRequest: 1 });
    admin.on("error", () => {});
    log = new PassThrough();
    lines = [];
    log.on("data", (chunk) => {
      for (const line of String(chunk).trim().split("\n")) lines.push(JSON.parse(line));
    });
    queue = createRedisQueue({ url: redis.url, logger: createLogger({ name: "test", stream: log }) });
  });
  afterEach(async () => {
    await consumer?.close();
    await queue.close();
    admin.disconnect();
    await redis.stop();
  });

  const take = async (handler: (job: TrainGroupJob) => Promise<void> = async () => {}) => {
    const taken: string[] = [];
    consumer = await queue.consume(async (job) => {
      taken.push(job.groupId);
      await handler(job);
      return "done";
    });
    return taken;
  };
  const told = (text: string) => lines.filter(({ msg }) => msg.startsWith(text)).length;
  /** How often Redis has refused a command for this reason. */
  const refusals = async (reason: string) => {
    const found = new RegExp(`errorstat_${reason}:count=(\\d+)`).exec(await admin.info("errorstats"));
    return Number(found?.[1] ?? 0);
  };

  it.each([
    ["is full", "OOM", ["CONFIG", "SET", "maxmemory", "1"], ["CONFIG", "SET", "maxmemory", "0"]],
    ["only reads", "READONLY", ["REPLICAOF", "127.0.0.1", "1"], ["REPLICAOF", "NO", "ONE"]],
  ])("asks about once a second while it %s, says so once, and takes tokens when it writes again", async (...given) => {
    const [, reason, refuse, mend] = given;
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const taken = await take(() => held);
    await queue.enqueue([token("grp_before"), token("grp_waiting")]);
    await vi.waitFor(() => expect(taken).toEqual(["grp_before"]), soon);
    await admin.call(refuse[0]!, ...refuse.slice(1));
    finish();
    await vi.waitFor(async () => expect(await refusals(reason)).toBeGreaterThan(0), soon);
    const before = { count: await refusals(reason), at: performance.now() };
    await expect(queue.enqueue([token("grp_refused")])).rejects.toThrow(reason);
    await vi.waitFor(async () => expect(await refusals(reason)).toBeGreaterThan(before.count + 3), soon);
    // Measured: 2 a second; 13 without the rest.
    const perSecond = ((await refusals(reason)) - before.count) / ((performance.now() - before.at) / 1000);
    expect(perSecond).toBeLessThan(5);
    expect(told("the queue is unavailable")).toBe(1);
    await admin.call(mend[0]!, ...mend.slice(1));
    await vi.waitFor(() => queue.enqueue([token("grp_after")]), soon);
    await vi.waitFor(() => expect(taken).toEqual(expect.arrayContaining(["grp_waiting", "grp_after"])), soon);
    await vi.waitFor(() => expect(told("the queue is back")).toBe(1), soon);
    expect(told("the queue is unavailable")).toBe(1);
  });

  it("goes on with its token when Redis is wiped, says so once, and takes the next", async () => {
    let finish = () => {};
    const held = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const taken = await take(({ groupId }) => (groupId === "grp_held" ? held : Promise.resolve()));
    await queue.enqueue([token("grp_held")]);
    await vi.waitFor(() => expect(taken).toEqual(["grp_held"]), soon);
    await admin.flushall();
    await vi.waitFor(() => expect(told("the queue no longer knows")).toBe(1), soon);
    finish();
    await queue.enqueue([token("grp_next")]);
    await vi.waitFor(() => expect(taken).toEqual(["grp_held", "grp_next"]), soon);
    expect(told("the queue no longer knows")).toBe(1);
  });

  it("waits for a Redis that restarts, while enqueueing fails at once, and takes tokens again within 5 s", async () => {
    const taken = await take();
    const port = Number(new URL(redis.url).port);
    await redis.stop();
    await expect(queue.enqueue([token("grp_down")])).rejects.toThrow();
    await vi.waitFor(() => expect(told("the queue is unavailable")).toBe(1), soon);
    redis = await launchTestRedis(port);
    const backAt = performance.now();
    await vi.waitFor(() => queue.enqueue([token("grp_up")]), soon);
    await vi.waitFor(() => expect(taken).toEqual(["grp_up"]), soon);
    expect(performance.now() - backAt).toBeLessThan(5_000);
  });
});
