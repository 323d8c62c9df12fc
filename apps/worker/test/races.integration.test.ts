import { AppError } from "@smoothsweep/contracts";
import type { ClaimedTrial, PlannedSweep, TrialStore } from "@smoothsweep/sweeps";
import { acceptedResult, epochReport, testEngine } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runPack } from "../src/packs/runPack.ts";
import { createTokenHandler, type TokenDependencies } from "../src/packs/runToken.ts";
import type { PackMessage, TrainingProcess } from "../src/supervision/trainingProcess.ts";
import { LEASE_MS, logger, startTestStack, type TestStack } from "./startTestStack.ts";

/** A named point that one side reaches and waits at until the other lets it go on. */
function gate() {
  let reach = () => {};
  let open = () => {};
  const reached = new Promise<void>((resolve) => {
    reach = resolve;
  });
  const opened = new Promise<void>((resolve) => {
    open = resolve;
  });
  const pass = () => {
    reach();
    return opened;
  };
  return { reached, open, pass };
}

type Say = (message: PackMessage) => void;

/** A training child that says what the test wants; the store behind it is real. */
function scripted(play: (say: Say, signal: AbortSignal) => Promise<void>): TrainingProcess {
  return {
    pid: 0,
    engine: testEngine,
    packCapacity: 4,
    isAlive: true,
    memoryBytes: 0,
    train: (_request, onMessage, { signal }) => play(onMessage, signal),
    close: async () => {},
    kill: () => {},
  };
}

const aborted = (signal: AbortSignal) =>
  new Promise<void>((resolve) => {
    if (signal.aborted) resolve();
    else signal.addEventListener("abort", () => resolve(), { once: true });
  });
const epochOf = ({ trialId }: ClaimedTrial): PackMessage => ({
  kind: "epoch",
  packId: "p",
  trialId,
  report: epochReport(1),
});
function resultOf(claim: ClaimedTrial): PackMessage {
  const { metrics, predictions, seconds } = acceptedResult(claim);
  const { trialId } = claim;
  return { kind: "result", packId: "p", trialId, metrics, predictions: [...predictions], seconds, memoryBytes: 1 };
}

describe("interleavings of a pack", () => {
  let stack: TestStack;
  let sweep: PlannedSweep;
  let claims: ClaimedTrial[];
  beforeEach(async () => {
    stack = await startTestStack();
    sweep = await stack.submit({ seeds: [0] });
    claims = await claim("wrk_one");
  });
  afterEach(() => stack.close());

  const claim = (workerId: string) =>
    stack.store.claimTrials({ groupId: sweep.trials[0]!.groupId, workerId, limit: 3, leaseMs: LEASE_MS });
  const run = async (training: TrainingProcess, changes: { store?: Partial<TrialStore>; leaseMs?: number } = {}) =>
    runPack({
      store: { ...stack.store, ...changes.store },
      training,
      sweep: await stack.store.getSweep(sweep.id),
      claims,
      provenance: {},
      revocations: stack.revocations,
      leaseMs: changes.leaseMs ?? LEASE_MS,
      signal: new AbortController().signal,
      logger,
    });
  const allComplete = () =>
    scripted(async (say) => {
      for (const own of claims) say(resultOf(own));
    });
  const outcomes = () =>
    stack.rows<{ token: number; outcome: string | null }>(
      `SELECT a.token, a.outcome FROM attempt a JOIN trial t ON t.id = a.trial_id
       WHERE t.sweep_id = $1 ORDER BY a.token, t.ordinal`,
      sweep.id,
    );

  it("a refused report is as good as a lost lease: when it was the last trial's, training stops", async () => {
    await stack.rows("UPDATE trial SET lease_expires_at = now() - interval '1 s' WHERE state = 'running'");
    await stack.ledger.mend({ orphanAfterMs: LEASE_MS });
    // A pack that was lost is halved: they come one by one.
    for (let other = 0; other < 3; other++) expect(await claim("wrk_two")).toHaveLength(1);
    // No renewal comes to tell it: the lease is a minute.
    const training = scripted(async (say, signal) => {
      for (const own of claims) say(epochOf(own));
      await aborted(signal);
    });
    await run(training);
    expect((await outcomes()).map(({ outcome }) => outcome)).toEqual([...Array(3).fill("lost"), null, null, null]);
  });

  it.each([
    ["before", "after it was accepted"],
    ["while", "while it is being accepted"],
  ])("a renewal that is asked %s a result is written and answered %s takes nothing for lost", async (when) => {
    const renewal = gate();
    const acceptance = gate();
    let isFirst = true;
    const store: Partial<TrialStore> = {
      renewLeases: async (open, leaseMs) => {
        if (isFirst) {
          isFirst = false;
          await renewal.pass();
        }
        return stack.store.renewLeases(open, leaseMs);
      },
      acceptResults: async (results) => {
        const held = await stack.store.acceptResults(results);
        // The database knows it, the worker does not yet.
        if (when === "while" && results[0]?.trialId === claims[0]!.trialId) await acceptance.pass();
        return held;
      },
    };
    let wasAborted = false;
    const training = scripted(async (say, signal) => {
      await renewal.reached;
      say(resultOf(claims[0]!));
      if (when === "while") await acceptance.reached;
      else await stack.waitFor(sweep.id, ({ type }) => type === "trial.completed");
      renewal.open();
      // The answer is there when the next renewal asks.
      await new Promise((resolve) => setImmediate(resolve));
      acceptance.open();
      for (const own of claims.slice(1)) say(resultOf(own));
      wasAborted = signal.aborted;
    });
    await run(training, { store, leaseMs: 300 });
    expect(wasAborted).toBe(false);
    expect(await outcomes()).toEqual(Array(3).fill({ token: 1, outcome: "completed" }));
  });

  it("a result whose acceptance was answered by a broken connection is stored once, and the others as well", async () => {
    let isAnswered = false;
    const store: Partial<TrialStore> = {
      acceptResults: async (results) => {
        const held = await stack.store.acceptResults(results);
        if (isAnswered) return held;
        isAnswered = true;
        throw new AppError("database_unavailable", "the database does not answer");
      },
    };
    await run(allComplete(), { store });
    expect(await outcomes()).toEqual(Array(3).fill({ token: 1, outcome: "completed" }));
    expect(await stack.rows("SELECT 1 FROM result")).toHaveLength(3);
  });

  it("a result that the database cannot take fails its trial with the reason, and no other", async () => {
    const store: Partial<TrialStore> = {
      acceptResults: async (results) => {
        if (results.every(({ trialId }) => trialId !== claims[1]!.trialId)) return stack.store.acceptResults(results);
        throw new AppError("internal", "value out of range");
      },
    };
    await run(allComplete(), { store });
    expect((await outcomes()).map(({ outcome }) => outcome)).toEqual(["completed", "failed", "completed"]);
    const [attempt] = await stack.rows<{ message: string }>("SELECT message FROM attempt WHERE outcome = 'failed'");
    expect(attempt?.message).toContain("value out of range");
  });
});

describe("interleavings of a token", () => {
  let stack: TestStack;
  let sweep: PlannedSweep;
  let draining: AbortController;
  beforeEach(async () => {
    stack = await startTestStack();
    sweep = await stack.submit({ seeds: [0] });
    draining = new AbortController();
  });
  afterEach(() => stack.close());

  const handle = (changes: Partial<TokenDependencies>) =>
    createTokenHandler({
      store: stack.store,
      training: async () => scripted(async () => {}),
      workerId: "wrk_one",
      provenance: {},
      leaseMs: LEASE_MS,
      revocations: stack.revocations,
      draining: draining.signal,
      ending: draining.signal,
      logger,
      ...changes,
    })({ version: 1, sweepId: sweep.id, groupId: sweep.trials[0]!.groupId, index: 0 }, new AbortController().signal);
  const attempts = () => stack.rows("SELECT 1 FROM attempt");

  it("told to end while its child starts, it claims nothing and gives its token back", async () => {
    const training = async () => {
      draining.abort();
      return scripted(async () => {});
    };
    expect(await handle({ training })).toBe("again");
    expect(await attempts()).toEqual([]);
  });

  it("told to end while the database is away, it gives its token back", async () => {
    const store: TrialStore = {
      ...stack.store,
      claimTrials: async () => {
        setImmediate(() => draining.abort());
        throw new AppError("database_unavailable", "the database does not answer");
      },
    };
    expect(await handle({ store })).toBe("again");
  });

  it("claims nothing before it can read the sweep, so that no lease runs while it cannot", async () => {
    let reads = 0;
    const store: TrialStore = {
      ...stack.store,
      getSweep: async (id) => {
        reads++;
        expect(await attempts()).toEqual([]);
        if (reads < 3) throw new AppError("database_unavailable", "the database does not answer");
        return stack.store.getSweep(id);
      },
    };
    const training = async () => scripted(async (_say, signal) => signal.throwIfAborted());
    // Training leaves its trials without a word, and they are handed back until the token has done its share.
    expect(await handle({ store, training })).toBe("done");
    expect(reads).toBe(3);
  });

  it("is done with a token whose sweep is gone", async () => {
    await stack.rows("DELETE FROM sweep WHERE id = $1", sweep.id);
    expect(await handle({})).toBe("done");
  });
});
