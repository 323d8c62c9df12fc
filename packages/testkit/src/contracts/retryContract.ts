import type { SweepSpecInput } from "@smoothsweep/contracts";
import type { ClaimedTrial, PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { claimAll, HOUR_MS, LEASE_MS, type StoreHarness } from "./storeHarness.ts";

const gone = { code: "child_exited", message: "killed by SIGSEGV" };

/** What becomes of attempts that end without a result, for every adapter of {@link TrialStore}. */
export function retryContract(name: string, open: () => Promise<StoreHarness>): void {
  describe(`${name} as TrialStore: attempts without a result`, () => {
    let harness: StoreHarness;
    beforeEach(async () => {
      harness = await open();
    });
    afterEach(() => harness.close());

    const create = async (changes: Partial<SweepSpecInput> = {}): Promise<PlannedSweep> => {
      const sweep = plannedSweep(changes);
      await harness.store.createSweep(sweep);
      return sweep;
    };
    /** One group of sixteen trials. */
    const sixteen = () =>
      create({ axes: { "smoothing.epsilon": Array.from({ length: 16 }, (_, i) => i / 20) }, seeds: [0] });
    const fail = (claim: ClaimedTrial, code = "training_failed") =>
      harness.store.failTrial({ ...claim, code, message: "why", retryable: true });

    it("finds the one trial that kills its worker: innocent trials complete, it fails by itself and says so", async () => {
      const sweep = await sixteen();
      const culprit = sweep.trials[11]!.id;
      const packs: number[] = [];
      for (let pack = await claimAll(harness.store, sweep, 16); pack.length > 0; ) {
        if (pack.some(({ trialId }) => trialId === culprit)) {
          packs.push(pack.length);
          await harness.store.loseTrials(pack, gone);
        } else for (const claim of pack) await harness.store.acceptResults([acceptedResult(claim)]);
        await harness.passTime(HOUR_MS + 1);
        pack = await claimAll(harness.store, sweep, 16);
      }
      // Halved until it is alone, and then as often as the policy allows.
      expect(packs).toEqual([16, 8, 4, 2, 1, 1, 1, 1, 1]);
      expect(await harness.store.getSweep(sweep.id)).toMatchObject({
        state: "failed",
        counts: { completed: 15, failed: 1 },
      });
      const { failure, losses } = await harness.store.getTrial(culprit);
      expect(failure).toMatchObject({ code: "poison_trial", message: expect.stringContaining("SIGSEGV") });
      expect(losses).toBe(9);
    });

    it("hands out first what was lost once, last what was lost again, and never in one pack with others", async () => {
      const sweep = await sixteen();
      const lost = await claimAll(harness.store, sweep, 8);
      await harness.store.loseTrials(lost, gone);
      const ids = new Set(lost.map(({ trialId }) => trialId));
      const isSuspect = ({ trialId }: { trialId: string }) => ids.has(trialId);
      const again = await claimAll(harness.store, sweep, 16);
      expect([again.length, again.every(isSuspect)]).toEqual([4, true]);
      await harness.store.loseTrials(again, gone);
      const others = await claimAll(harness.store, sweep, 16);
      expect([others.length, others.every(isSuspect)]).toEqual([4, true]);
      const fresh = await claimAll(harness.store, sweep, 16);
      expect([fresh.length, fresh.some(isSuspect)]).toEqual([8, false]);
    });

    it("takes trials of a lost worker for a pack that may have killed it, when their leases expire", async () => {
      const sweep = await sixteen();
      await claimAll(harness.store, sweep, 16);
      await harness.passTime(LEASE_MS + 1);
      expect(await harness.ledger.mend({ orphanAfterMs: 60_000 })).toMatchObject({ expired: 16 });
      expect(await claimAll(harness.store, sweep, 16)).toHaveLength(8);
    });

    it("counts failures and losses apart, and a trial that is handed back not at all", async () => {
      const sweep = await create({ retry: { attempts: 2 } });
      const [first] = await claimAll(harness.store, sweep, 1);
      await harness.store.returnTrials([first!], "the worker drains");
      const lost = (await claimAll(harness.store, sweep)).find(({ trialId }) => trialId === first!.trialId)!;
      await harness.store.loseTrials([lost], gone);
      const again = (await claimAll(harness.store, sweep)).find(({ trialId }) => trialId === first!.trialId)!;
      expect(again.token).toBe(3);
      expect(await fail(again)).toBe("pending");
      await harness.passTime(HOUR_MS + 1);
      const [last] = await claimAll(harness.store, sweep);
      expect(await fail(last!)).toBe("failed");
    });

    it("waits before another attempt, and calls a worker when the pause is over", async () => {
      const sweep = await create({ retry: { backoffSeconds: 3600, backoffMaxSeconds: 3600 } });
      await harness.ledger.relayOutbox(100, async () => {});
      const claims = await claimAll(harness.store, sweep);
      await fail(claims[0]!);
      const relayed = async () => {
        let count = 0;
        await harness.ledger.relayOutbox(100, async (tokens) => {
          count += tokens.length;
        });
        return count;
      };
      expect([await claimAll(harness.store, sweep), await relayed()]).toEqual([[], 0]);
      await harness.passTime(HOUR_MS + 1);
      expect(await relayed()).toBe(1);
      expect(await claimAll(harness.store, sweep)).toHaveLength(1);
    });

    it("fails a trial at once for a code that the sweep does not retry", async () => {
      const sweep = await create({ retry: { on: ["worker_lost"] } });
      const [first] = await claimAll(harness.store, sweep, 1);
      expect(await fail(first!)).toBe("failed");
    });

    it("ends a sweep that is stopping when the worker of its last trials has vanished", async () => {
      const sweep = await create();
      await claimAll(harness.store, sweep, 1);
      await harness.control.apply(sweep.id, "stop");
      await harness.passTime(LEASE_MS + 1);
      expect(await harness.ledger.mend({ orphanAfterMs: 0 })).toEqual({ expired: 2, orphanedGroups: 0 });
      expect(await harness.store.getSweep(sweep.id)).toMatchObject({ state: "stopped", counts: { cancelled: 6 } });
    });

    it("refuses a failure of an attempt that is over", async () => {
      const sweep = await create();
      const [first] = await claimAll(harness.store, sweep, 1);
      await harness.store.returnTrials([first!], "test");
      await expect(fail(first!)).rejects.toMatchObject({ code: "stale_attempt" });
    });

    it("takes up a suspect alone again after a retry, with fresh counts", async () => {
      const sweep = await create({ retry: { losses: 1, backoffSeconds: 0 } });
      const [first] = await claimAll(harness.store, sweep, 1);
      await harness.store.loseTrials([first!], gone);
      expect(await harness.store.getTrial(first!.trialId)).toMatchObject({ state: "failed", losses: 1 });
      await harness.control.apply(sweep.id, "retry");
      const [again] = await harness.store.claimTrials({
        ...{ groupId: sweep.trials[0]!.groupId, limit: 100, workerId: "wrk_test", leaseMs: LEASE_MS },
      });
      expect(again).toMatchObject({ trialId: first!.trialId, token: 2 });
      expect(await fail(again!)).toBe("pending");
    });

    it("ignores losses of claims that no longer hold", async () => {
      const sweep = await create();
      const [first] = await claimAll(harness.store, sweep, 1);
      await harness.store.acceptResults([acceptedResult(first!)]);
      await harness.store.loseTrials([first!], gone);
      expect(await harness.store.getTrial(first!.trialId)).toMatchObject({ state: "completed", losses: 0 });
    });
  });
}
