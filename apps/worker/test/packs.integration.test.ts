import type { ClaimedTrial, PlannedSweep, TrialStore } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { type PackRun, runPack } from "../src/packs/runPack.ts";
import { startTrainingProcess, type TrainingProcess } from "../src/supervision/trainingProcess.ts";
import { wasmChild } from "./builtChild.ts";
import { LEASE_MS, logger, startTestStack, type TestStack } from "./startTestStack.ts";

describe("runPack", () => {
  let stack: TestStack;
  let training: TrainingProcess;
  let sweep: PlannedSweep;
  beforeEach(async () => {
    stack = await startTestStack();
    training = await startTrainingProcess(wasmChild());
  });
  afterEach(async () => {
    await training.close();
    await stack.close();
  });

  const claim = (workerId: string, limit: number): Promise<ClaimedTrial[]> =>
    stack.store.claimTrials({ groupId: sweep.trials[0]!.groupId, workerId, limit, leaseMs: LEASE_MS });
  /** Lets the lease of some claims be over and gives the trials to another worker: time is data. */
  async function steal(claims: readonly ClaimedTrial[]): Promise<void> {
    const ids = claims.map(({ trialId }) => trialId);
    await stack.rows("UPDATE trial SET lease_expires_at = now() - interval '1 s' WHERE id = ANY($1)", ids);
    await stack.ledger.mend({ orphanAfterMs: LEASE_MS });
    // Lost trials come back in packs half as large.
    const stolen: string[] = [];
    for (let pack = await claim("wrk_other", 100); pack.length > 0; pack = await claim("wrk_other", 100)) {
      stolen.push(...pack.map(({ trialId }) => trialId));
    }
    expect(stolen).toEqual(expect.arrayContaining(ids));
  }
  const run = async (claims: ClaimedTrial[], changes: Partial<PackRun> = {}) =>
    runPack({
      store: stack.store,
      training,
      sweep: await stack.store.getSweep(sweep.id),
      claims,
      provenance: {},
      revocations: stack.revocations,
      leaseMs: LEASE_MS,
      signal: new AbortController().signal,
      logger,
      ...changes,
    });
  const trialRows = () =>
    stack.rows<{ id: string; state: string; token: number; worker: string | null }>(
      `SELECT id, state, fencing_token AS token, worker_id AS worker FROM trial
       WHERE sweep_id = $1 AND representative_id IS NULL ORDER BY ordinal`,
      sweep.id,
    );

  it("lets a stale attempt write nothing, while the rest of its pack completes", async () => {
    sweep = await stack.submit({ seeds: [0] });
    const claims = await claim("wrk_slow", 3);
    await steal([claims[0]!]);
    await run(claims);
    expect((await trialRows()).map(({ state, token, worker }) => [state, token, worker])).toEqual([
      ["running", 2, "wrk_other"],
      ["completed", 1, "wrk_slow"],
      ["completed", 1, "wrk_slow"],
    ]);
    expect(await stack.rows("SELECT 1 FROM report WHERE trial_id = $1", claims[0]!.trialId)).toEqual([]);
    expect(await stack.rows("SELECT 1 FROM result WHERE trial_id = $1", claims[0]!.trialId)).toEqual([]);
  });

  it("stops training at once when every trial of the pack belongs to somebody else", async () => {
    sweep = await stack.submit({ seeds: [0], training: { epochs: 10_000, batchSize: 50 } });
    const claims = await claim("wrk_slow", 3);
    await steal(claims);
    await run(claims, { leaseMs: 300 });
    expect((await trialRows()).map(({ state, worker }) => [state, worker])).toEqual(
      Array(3).fill(["running", "wrk_other"]),
    );
    expect(training.isAlive).toBe(true);
  });

  it("renews the leases of its trials while it trains, so that nobody takes them", async () => {
    sweep = await stack.submit({ seeds: [0] });
    const claims = await claim("wrk_slow", 3);
    const leases = () =>
      stack.rows<{ at: Date }>("SELECT lease_expires_at AS at FROM trial WHERE lease_expires_at IS NOT NULL");
    await stack.rows("UPDATE trial SET lease_expires_at = now() + interval '1 s' WHERE state = 'running'");
    const before = Math.max(...(await leases()).map(({ at }) => at.getTime()));
    let renewed: () => void = () => {};
    const renewal = new Promise<void>((resolve) => {
      renewed = resolve;
    });
    const store: TrialStore = {
      ...stack.store,
      renewLeases: async (...given) => {
        const held = await stack.store.renewLeases(...given);
        renewed();
        return held;
      },
    };
    const patient: TrainingProcess = {
      ...training,
      train: async (...given) => {
        await renewal;
        for (const { at } of await leases()) expect(at.getTime()).toBeGreaterThan(before);
        return training.train(...given);
      },
    };
    await run(claims, { store, training: patient, leaseMs: 3000 });
    expect((await trialRows()).map(({ state }) => state)).toEqual(["completed", "completed", "completed"]);
  });

  it("leaves no trial running when training resolves without a word about one", async () => {
    sweep = await stack.submit({ seeds: [0] });
    const claims = await claim("wrk_slow", 3);
    const silent: TrainingProcess = { ...training, train: async () => {} };
    await run(claims, { training: silent });
    expect((await trialRows()).map(({ state }) => state)).toEqual(["pending", "pending", "pending"]);
  });

  it("writes again what a database that was away for a moment did not take", async () => {
    sweep = await stack.submit({ seeds: [0] });
    const claims = await claim("wrk_slow", 3);
    let refusals = 0;
    const store: TrialStore = {
      ...stack.store,
      acceptResults: async (results) => {
        refusals += 1;
        if (refusals > 2) return stack.store.acceptResults(results);
        throw new Error("connection terminated unexpectedly");
      },
    };
    await run(claims, { store });
    expect((await trialRows()).map(({ state, token }) => [state, token])).toEqual(Array(3).fill(["completed", 1]));
    expect(refusals).toBeGreaterThan(2);
  });
});
