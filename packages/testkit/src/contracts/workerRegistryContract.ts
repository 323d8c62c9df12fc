import { WORKER_PROTOCOL, type WorkerDescription, type WorkerRegistry } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { testEngine } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { groupsOf, LEASE_MS, type StoreHarness } from "./storeHarness.ts";

const LONG_MS = 60_000;

function description(id: string, protocol = WORKER_PROTOCOL): WorkerDescription {
  const machine = { host: "here", pid: 1, version: "1.0.0", engine: testEngine };
  return { id, ...machine, protocol, packCapacity: 8, memoryBytes: 2 ** 33 };
}

/** The laws of {@link WorkerRegistry}, for every adapter. */
export function workerRegistryContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as WorkerRegistry`, () => {
    let harness: StoreHarness;
    let registry: WorkerRegistry;
    beforeEach(async () => {
      harness = await open();
      registry = harness.registry;
    });
    afterEach(() => harness.close());
    /** By id: of workers that started in the same millisecond either may be first. */
    const listed = async (withinMs = LONG_MS) =>
      (await registry.list(withinMs)).toSorted((left, right) => (left.id < right.id ? -1 : 1));
    const ids = async (withinMs = LONG_MS) => (await listed(withinMs)).map(({ id }) => id);
    const goOn = { drain: false, reason: null };

    it("shows a worker as it described itself, also with unknown memory", async () => {
      await registry.register(description("wrk_a"));
      await registry.register({ ...description("wrk_b"), memoryBytes: null });
      const fresh = { endedAt: null, drainReason: null, running: 0 };
      expect(await listed()).toMatchObject([
        { ...description("wrk_a"), ...fresh },
        { ...description("wrk_b"), memoryBytes: null, ...fresh },
      ]);
    });

    it("lists the newest worker first", async () => {
      for (const id of ["wrk_a", "wrk_b", "wrk_c"]) await registry.register(description(id));
      const starts = (await registry.list(LONG_MS)).map(({ startedAt }) => startedAt);
      expect(starts).toHaveLength(3);
      expect(starts).toEqual(starts.toSorted().toReversed());
    });

    it("counts the trials whose leases a worker holds", async () => {
      await registry.register(description("wrk_a"));
      const sweep = plannedSweep();
      await harness.store.createSweep(sweep);
      const [groupId = ""] = groupsOf(sweep);
      const claims = await harness.store.claimTrials({ groupId, limit: 2, workerId: "wrk_a", leaseMs: LEASE_MS });
      expect(await registry.list(LONG_MS)).toMatchObject([{ running: 2 }]);
      await harness.store.returnTrials(claims.slice(1), "test");
      expect(await registry.list(LONG_MS)).toMatchObject([{ running: 1 }]);
      await harness.control.apply(sweep.id, "cancel");
      expect(await registry.list(LONG_MS)).toMatchObject([{ running: 0 }]);
    });

    it("lets a worker go on at its heartbeat, and remembers that it was seen", async () => {
      await registry.register(description("wrk_a"));
      const [before] = await registry.list(LONG_MS);
      expect(await registry.heartbeat("wrk_a")).toEqual(goOn);
      const [after] = await registry.list(LONG_MS);
      expect(Date.parse(after!.seenAt)).toBeGreaterThanOrEqual(Date.parse(before!.seenAt));
      expect(after!.startedAt).toBe(before!.startedAt);
    });

    it("tells a worker to drain that it does not know, with the reason", async () => {
      const answer = await registry.heartbeat("wrk_unknown");
      expect(answer).toEqual({ drain: true, reason: expect.stringContaining("not registered") });
    });

    it("tells a worker to drain that was told to, at every heartbeat and with the first reason", async () => {
      for (const id of ["wrk_a", "wrk_b"]) await registry.register(description(id));
      await registry.drain("wrk_a", "the machine is needed");
      await registry.drain("wrk_a", "again");
      const drains = { drain: true, reason: "the machine is needed" };
      expect([await registry.heartbeat("wrk_a"), await registry.heartbeat("wrk_a")]).toEqual([drains, drains]);
      expect(await registry.heartbeat("wrk_b")).toEqual(goOn);
      expect(await listed()).toMatchObject([{ drainReason: drains.reason }, { drainReason: null }]);
    });

    it("refuses to drain a worker that it does not know", async () => {
      await expect(registry.drain("wrk_unknown", "why")).rejects.toMatchObject({ code: "not_found" });
    });

    it("does not let a worker start that speaks another protocol than the API, older or newer", async () => {
      await registry.announce({ protocol: 5, version: "5.0.0" });
      for (const protocol of [4, 6]) {
        const refused = { code: "version_skew", message: expect.stringContaining("5.0.0") };
        await expect(registry.register(description("wrk_a", protocol))).rejects.toMatchObject(refused);
      }
      await registry.register(description("wrk_b", 5));
      expect(await ids()).toEqual(["wrk_b"]);
    });

    it("lets workers of the protocol before drain when the API is updated, and never takes it back", async () => {
      await registry.announce({ protocol: 1, version: "1.0.0" });
      await registry.register(description("wrk_a", 1));
      expect(await registry.heartbeat("wrk_a")).toEqual(goOn);
      await registry.announce({ protocol: 2, version: "2.0.0" });
      const told = await registry.heartbeat("wrk_a");
      expect(told).toEqual({ drain: true, reason: expect.stringContaining("protocol 2") });
      await registry.announce({ protocol: 3, version: "3.0.0" });
      expect(await registry.heartbeat("wrk_a")).toEqual(told);
    });

    it("is not lowered by an older API that starts later", async () => {
      await registry.announce({ protocol: 2, version: "2.0.0" });
      await registry.announce({ protocol: 1, version: "1.0.0" });
      await expect(registry.register(description("wrk_a", 1))).rejects.toMatchObject({ code: "version_skew" });
      await registry.register(description("wrk_b", 2));
      expect(await registry.heartbeat("wrk_b")).toEqual(goOn);
    });

    it("lists a worker that has ended only as long as it was seen lately, others always", async () => {
      for (const id of ["wrk_a", "wrk_b"]) await registry.register(description(id));
      await registry.retire("wrk_a");
      expect(await listed()).toMatchObject([{ endedAt: expect.any(String) }, { endedAt: null }]);
      await harness.passTime(LONG_MS + 1);
      expect(await ids()).toEqual(["wrk_b"]);
    });

    it("gives copies: changing what was read changes nothing", async () => {
      await registry.register(description("wrk_a"));
      const [shown] = await registry.list(LONG_MS);
      shown!.engine.name = "wasm";
      expect(await registry.list(LONG_MS)).toMatchObject([{ engine: testEngine }]);
    });
  });
}
