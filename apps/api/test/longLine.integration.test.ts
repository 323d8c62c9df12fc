import { createPostgresQueue, createRedisQueue } from "@smoothsweep/queue";
import { createLogger } from "@smoothsweep/runtime";
import { PLACE_RESET, type PlannedSweep, type TrialQueue } from "@smoothsweep/sweeps";
import { acceptedResult, hasRedis, plannedSweep, REDIS_MISSING, startTestRedis } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { relayOutbox } from "../src/background/relayOutbox.ts";
import { finishSweep } from "./finishSweep.ts";
import { startTestApi, type TestApi } from "./startTestApi.ts";

const logger = createLogger({ name: "test", level: "silent" });

interface OpenQueue {
  queue: TrialQueue;
  close(): Promise<void>;
}

async function openPostgres({ database }: TestApi): Promise<OpenQueue> {
  const queue = createPostgresQueue({ url: database.url, logger });
  return { queue, close: () => queue.close() };
}

async function openRedis(): Promise<OpenQueue> {
  const redis = await startTestRedis();
  const queue = createRedisQueue({ url: redis.url, logger, prefix: `line-${process.pid}` });
  return { queue, close: () => queue.close().then(() => redis.stop()) };
}

/** A sweep of one group: 40 trials, for which it gets ten tokens. */
const fortyTrials = (name: string, priority = 0) =>
  plannedSweep({
    name,
    priority,
    axes: { "smoothing.epsilon": Array.from({ length: 40 }, (_, step) => step / 100) },
    seeds: [0],
  });

describe.each([
  ["PostgreSQL", openPostgres],
  ["Redis", openRedis],
])("a line that is counted anew while it is served, on %s", (backend, open) => {
  const isMissing = backend === "Redis" && !hasRedis();
  let api: TestApi;
  let opened: OpenQueue;
  beforeEach(async () => {
    if (isMissing) return;
    api = await startTestApi();
    opened = await open(api);
  });
  afterEach(async () => {
    if (isMissing) return;
    await opened.close();
    await api.close();
  });

  const create = async (sweep: PlannedSweep) => {
    await api.store.createSweep(sweep);
    await relayOutbox(api.ledger, opened.queue);
  };
  const completed = async (sweeps: readonly PlannedSweep[]) => {
    const shown = await Promise.all(sweeps.map(({ id }) => api.store.getSweep(id)));
    return shown.every(({ state }) => state === "completed");
  };

  /** Does what the relay, the reconciler and one worker do, token by token. @returns whose packs came, in their order */
  async function serve(sweeps: readonly PlannedSweep[], afterPack: (packs: number) => Promise<void>) {
    const names = new Map(sweeps.map(({ id, spec }) => [id, spec.name]));
    const packs: string[] = [];
    const places: number[] = [];
    let finish = () => {};
    const finished = new Promise<void>((resolve) => {
      finish = resolve;
    });
    const consumer = await opened.queue.consume(async ({ groupId, place }) => {
      // The line may be counted anew while a token is on its way to its worker.
      await api.ledger.mend({ orphanAfterMs: 3_600_000 });
      await relayOutbox(api.ledger, opened.queue);
      const claims = await api.store.claimTrials({ groupId, workerId: "wrk_test", limit: 4, leaseMs: 60_000, place });
      const [first] = claims;
      if (first === undefined) return "done";
      await api.store.acceptResults(claims.map((claim) => acceptedResult(claim)));
      packs.push(names.get(first.sweepId) ?? "another");
      places.push(place ?? 0);
      await afterPack(packs.length);
      if (await completed(sweeps)) finish();
      return "done";
    });
    await finished;
    await consumer.close();
    return { packs, places };
  }

  it.skipIf(isMissing)(
    `${isMissing ? REDIS_MISSING : "keeps turns and shares, lets a newcomer in at once, and loses nothing"}`,
    async () => {
      // Whoever comes now stands where the line was left: five packs before it is counted anew.
      const before = plannedSweep({ name: "before" });
      await api.store.createSweep(before);
      await finishSweep(api, before.id);
      await api.database.pool.query("UPDATE outbox SET sent_at = now()");
      await api.database.pool.query("UPDATE sweep SET served_place = $1", [PLACE_RESET - 40]);
      const [one, other, double, newcomer] = [
        fortyTrials("one"),
        fortyTrials("other"),
        fortyTrials("double", 1),
        fortyTrials("newcomer"),
      ];
      for (const sweep of [one, other, double]) await create(sweep);
      const { packs, places } = await serve([one, other, double, newcomer], async (count) => {
        if (count === 20) await create(newcomer);
      });
      // It was counted anew once, well before the newcomer came.
      const anew = places.findIndex((place) => place < PLACE_RESET / 2);
      expect([places[0], anew > 8, anew < 20]).toEqual([PLACE_RESET - 40, true, true]);
      expect(places.slice(anew).every((place) => place < PLACE_RESET / 2)).toBe(true);
      // Before, across and after it: two packs of the one with priority for one of each other.
      for (let count = 4; count <= 20; count += 4) {
        const share = (name: string) => packs.slice(0, count).filter((each) => each === name).length;
        for (const name of ["one", "other"]) expect(Math.abs(share(name) - count / 4)).toBeLessThanOrEqual(1);
        expect(Math.abs(share("double") - count / 2)).toBeLessThanOrEqual(1);
      }
      expect(packs.slice(20, 25)).toContain("newcomer");
      expect(packs).toHaveLength(40);
      const { rows } = await api.database.pool.query(
        "SELECT count(*)::int AS attempts, max(token) AS most FROM attempt a JOIN trial t ON t.id = a.trial_id WHERE t.sweep_id <> $1",
        [before.id],
      );
      expect(rows).toEqual([{ attempts: 160, most: 1 }]);
    },
  );
});
