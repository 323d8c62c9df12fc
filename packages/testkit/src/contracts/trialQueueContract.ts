import type { TrainGroupJob } from "@smoothsweep/contracts";
import { type QueueConsumer, type TrialQueue, tokensFor } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";

/** The laws of {@link TrialQueue}, for every backend. `open` gives a queue that nobody else uses. */
export function trialQueueContract(name: string, open: () => Promise<TrialQueue>): void {
  describe(`${name} as TrialQueue`, () => {
    let queue: TrialQueue;
    let consumers: QueueConsumer[];
    beforeEach(async () => {
      queue = await open();
      consumers = [];
    });
    afterEach(async () => {
      await Promise.all(consumers.map((consumer) => consumer.close()));
      await queue.close();
    });

    const token = (groupId: string, index = 0, generation = 0) => ({
      job: { version: 1 as const, sweepId: "swp_test", groupId, index },
      generation,
    });
    /** Takes jobs until there are `count`. */
    const take = (count: number) =>
      new Promise<TrainGroupJob[]>((resolve, reject) => {
        const taken: TrainGroupJob[] = [];
        queue
          .consume(async (job) => {
            taken.push(job);
            if (taken.length === count) resolve(taken);
            return "done";
          })
          .then((consumer) => consumers.push(consumer), reject);
      });

    it("delivers the payload of every token", async () => {
      await queue.enqueue([token("grp_a"), token("grp_b")]);
      const taken = await take(2);
      expect(taken.map(({ groupId }) => groupId).toSorted()).toEqual(["grp_a", "grp_b"]);
      expect(taken[0]).toMatchObject({ version: 1, sweepId: "swp_test", index: 0 });
    });

    it("delivers a token once that was enqueued three times", async () => {
      await queue.enqueue([token("grp_a"), token("grp_a")]);
      await queue.enqueue([token("grp_a"), token("grp_end", 9)]);
      const taken = await take(2);
      expect(taken.map(({ groupId }) => groupId)).toEqual(["grp_a", "grp_end"]);
    });

    it("delivers the same token again in a later generation", async () => {
      await queue.enqueue([token("grp_a", 0, 0), token("grp_a", 0, 1)]);
      expect(await take(2)).toHaveLength(2);
    });

    it("runs the first tokens of all groups before the second of any, so that sweeps share the workers", async () => {
      await queue.enqueue([
        token("grp_a", 0),
        token("grp_a", 1),
        token("grp_a", 2),
        token("grp_b", 0),
        token("grp_b", 1),
      ]);
      const taken = await take(5);
      expect(taken.map(({ index }) => index)).toEqual([0, 0, 1, 1, 2]);
    });

    it("serves a small sweep next that is submitted behind a sweep of 10,000 trials", async () => {
      const jobsOf = (groupId: string, pending: number, start: number) =>
        tokensFor([{ groupId, pending }], { start, priority: 0 }).map(({ index, place }) => ({
          job: { version: 1 as const, sweepId: "swp_test", groupId, index, place },
          generation: 0,
        }));
      await queue.enqueue(jobsOf("grp_huge", 10_000, 0));
      const served = await new Promise<string[]>((resolve, reject) => {
        const groupIds: string[] = [];
        queue
          .consume(async ({ groupId, place }) => {
            groupIds.push(groupId);
            // A newcomer lines up at the place that is being served.
            if (groupIds.length === 3) await queue.enqueue(jobsOf("grp_small", 8, place!));
            if (groupIds.length === 5) resolve(groupIds);
            return "done";
          })
          .then((consumer) => consumers.push(consumer), reject);
      });
      expect(served.slice(0, 4)).toEqual(["grp_huge", "grp_huge", "grp_huge", "grp_small"]);
    });

    it("goes on after a handler that throws", async () => {
      await queue.enqueue([token("grp_bad", 0), token("grp_good", 1)]);
      const good = new Promise<string>((resolve, reject) => {
        queue
          .consume(async ({ groupId }) => {
            if (groupId === "grp_bad") throw new Error("broken pack");
            resolve(groupId);
            return "done";
          })
          .then((consumer) => consumers.push(consumer), reject);
      });
      expect(await good).toBe("grp_good");
    });

    it("gives a token back that its consumer did not finish, and hands it out again in its place", async () => {
      await queue.enqueue([token("grp_again", 1), token("grp_later", 2)]);
      const taken: string[] = [];
      await new Promise<void>((resolve, reject) => {
        queue
          .consume(async ({ groupId }) => {
            taken.push(groupId);
            if (taken.length === 3) resolve();
            return taken.length === 1 ? "again" : "done";
          })
          .then((consumer) => consumers.push(consumer), reject);
      });
      expect(taken).toEqual(["grp_again", "grp_again", "grp_later"]);
    });

    it("refuses a payload that breaks the catalogue's schema before it is enqueued", async () => {
      const broken = { job: { version: 1, sweepId: "swp_test", groupId: "grp_a", index: -1 }, generation: 0 } as const;
      await expect(queue.enqueue([broken])).rejects.toThrow();
    });

    it("tells how many jobs wait for a consumer", async () => {
      expect(await queue.waiting()).toBe(0);
      await queue.enqueue([token("grp_a"), token("grp_b", 1)]);
      expect(await queue.waiting()).toBe(2);
      await take(2);
      expect(await queue.waiting()).toBe(0);
    });

    it("answers a ping", async () => {
      await expect(queue.ping()).resolves.toBeUndefined();
    });
  });
}
