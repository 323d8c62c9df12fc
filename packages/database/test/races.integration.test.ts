import type { ClaimedTrial, PlannedSweep } from "@smoothsweep/sweeps";
import { acceptedResult, claimAll, plannedSweep } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { heldAt, inOrder, points } from "./heldAt.ts";
import { openStore } from "./openStore.ts";

const LEASE_MS = 60_000;
/** What is left of claims that no longer hold. */
const stale: unknown[] = [];

let harness: Awaited<ReturnType<typeof openStore>>;
let sweep: PlannedSweep;
beforeEach(async () => {
  harness = await openStore();
  sweep = plannedSweep();
  await harness.store.createSweep(sweep);
});
afterEach(() => harness.close());

const groupIds = () => [...new Set(sweep.trials.map(({ groupId }) => groupId))];
const claimOne = () =>
  harness.store.claimTrials({ groupId: groupIds()[0]!, limit: 1, workerId: "wrk_test", leaseMs: LEASE_MS });
const accept = (...claims: ClaimedTrial[]) => harness.store.acceptResults(claims.map((claim) => acceptedResult(claim)));
const apply = (verb: "pause" | "cancel" | "stop" | "retry") => harness.control.apply(sweep.id, verb);
const fail = (claim: ClaimedTrial) =>
  harness.store.failTrial({ ...claim, code: "trial_diverged", message: "NaN", retryable: false });
const claimOf = ({ trialId, token }: ClaimedTrial) => ({ trialId, token });
const shown = () => harness.store.getSweep(sweep.id);
const trial = (claim: ClaimedTrial) => harness.store.getTrial(claim.trialId);
const ends = async () =>
  (await harness.feed.read(sweep.id, 0, 1000)).filter(({ type }) => type === "sweep.ended").length;
/** Two sides that meet at the sweep's row, and go on one after the other. */
const atSweepRow = <A, B>(first: () => Promise<A>, second: () => Promise<B>) =>
  inOrder(harness.database.url, points.sweepRow(sweep.id), [first, second]);
const atVerbs = <A, B>(first: () => Promise<A>, second: () => Promise<B>) =>
  inOrder(harness.database.url, points.verbsOf(sweep.id), [first, second]);

describe("a pause and a claim at the same moment", () => {
  it("yield nothing when the pause is first, and no attempt is counted", async () => {
    const [, claims] = await atSweepRow(() => apply("pause"), claimOne);
    expect(claims).toEqual([]);
    expect(await shown()).toMatchObject({ state: "paused", counts: { pending: 6, running: 0 } });
    await apply("cancel");
    await apply("retry");
    expect((await claimOne())[0]).toMatchObject({ token: 1 });
  });

  it("leave the trial to its worker when the claim is first, result included", async () => {
    const [claims, paused] = await atSweepRow(claimOne, () => apply("pause"));
    expect(paused).toMatchObject({ state: "paused" });
    expect(await accept(claims[0]!)).toEqual([claimOf(claims[0]!)]);
    expect(await shown()).toMatchObject({ state: "paused", counts: { completed: 1, pending: 5 } });
  });
});

describe("a cancel and a result at the same moment", () => {
  it("keep the result when it is first, and cancel the rest", async () => {
    const claims = await claimAll(harness.store, sweep);
    const [accepted, cancelled] = await atSweepRow(
      () => accept(claims[0]!),
      () => apply("cancel"),
    );
    expect([accepted, cancelled.trials]).toEqual([[claimOf(claims[0]!)], 5]);
    expect(await trial(claims[0]!)).toMatchObject({ state: "completed" });
  });

  it("refuse the result when the cancel is first", async () => {
    const claims = await claimAll(harness.store, sweep);
    const [cancelled, accepted] = await atSweepRow(
      () => apply("cancel"),
      () => accept(claims[0]!),
    );
    expect([cancelled.trials, accepted]).toEqual([6, stale]);
    expect(await trial(claims[0]!)).toMatchObject({ state: "cancelled", metrics: null });
    expect(await ends()).toBe(1);
  });
});

describe("the end of a lease", () => {
  let claim: ClaimedTrial;
  beforeEach(async () => {
    [claim] = (await claimOne()) as [ClaimedTrial];
    await harness.expireLeases();
  });
  const mend = () => harness.ledger.mend({ orphanAfterMs: LEASE_MS });

  it("refuses a result that comes after it, and the trial waits for another attempt", async () => {
    const [mended, accepted] = await atSweepRow(mend, () => accept(claim));
    expect([mended.expired, accepted]).toEqual([1, stale]);
    expect(await trial(claim)).toMatchObject({ state: "pending", metrics: null, losses: 1 });
  });

  it("leaves a result alone that is being accepted", async () => {
    await heldAt(harness.database.url, points.sweepRow(sweep.id), async (gate) => {
      const accepting = await gate.arrive(() => accept(claim));
      expect(await mend()).toMatchObject({ expired: 0 });
      await gate.open();
      expect(await accepting.outcome).toEqual([claimOf(claim)]);
    });
    expect(await trial(claim)).toMatchObject({ state: "completed", losses: 0 });
  });

  it("refuses a renewal that comes after it", async () => {
    const [, renewed] = await atSweepRow(mend, () => harness.store.renewLeases([claim], LEASE_MS));
    expect(renewed).toEqual(stale);
  });

  it("leaves a trial alone whose lease is being renewed", async () => {
    await heldAt(harness.database.url, points.trialRow(claim.trialId), async (gate) => {
      const renewing = await gate.arrive(() => harness.store.renewLeases([claim], LEASE_MS));
      expect(await mend()).toMatchObject({ expired: 0 });
      await gate.open();
      expect(await renewing.outcome).toEqual([claimOf(claim)]);
    });
    expect(await mend()).toMatchObject({ expired: 0 });
  });

  it("counts as one loss when two reconcilers find it", async () => {
    await heldAt(harness.database.url, points.sweepRow(sweep.id), async (gate) => {
      const mending = await gate.arrive(mend);
      expect(await mend()).toMatchObject({ expired: 0 });
      await gate.open();
      expect(await mending.outcome).toMatchObject({ expired: 1 });
    });
    expect(await trial(claim)).toMatchObject({ state: "pending", losses: 1 });
  });
});

describe("a stop and the last result at the same moment", () => {
  it("complete the sweep when the result is first: there is nothing to stop any more", async () => {
    const [last, ...others] = await claimAll(harness.store, sweep);
    await accept(...others);
    const refused = { code: "verb_refused" };
    await atSweepRow(
      () => accept(last!),
      () => expect(apply("stop")).rejects.toMatchObject(refused),
    );
    expect([(await shown()).state, await ends()]).toEqual(["completed", 1]);
  });

  it("keep the result when the stop is first, and end the sweep once, as stopped", async () => {
    const [last] = await claimOne();
    const [stopped, accepted] = await atSweepRow(
      () => apply("stop"),
      () => accept(last!),
    );
    expect([stopped, accepted]).toMatchObject([{ state: "stopping", trials: 5 }, [claimOf(last!)]]);
    expect(await shown()).toMatchObject({ state: "stopped", counts: { completed: 1, cancelled: 5 } });
    expect(await ends()).toBe(1);
  });
});

describe("a retry and the end of the sweep at the same moment", () => {
  let last: ClaimedTrial;
  beforeEach(async () => {
    const [failing, ...others] = await claimAll(harness.store, sweep);
    last = others.pop()!;
    await fail(failing!);
    await accept(...others);
  });

  it("let the sweep run again when its end is first", async () => {
    const [, retried] = await atSweepRow(
      () => accept(last),
      () => apply("retry"),
    );
    expect(retried).toMatchObject({ state: "running", trials: 1 });
    expect([(await claimAll(harness.store, sweep)).length, await ends()]).toEqual([1, 1]);
  });

  it("let the sweep go on without an end when the retry is first", async () => {
    const [retried] = await atSweepRow(
      () => apply("retry"),
      () => accept(last),
    );
    expect(retried).toMatchObject({ state: "running", trials: 1 });
    expect([(await shown()).state, await ends()]).toEqual(["running", 0]);
    expect(await claimAll(harness.store, sweep)).toHaveLength(1);
  });
});

describe("a deletion", () => {
  const mismatch = { code: "confirmation_mismatch" };
  const preview = () => harness.control.previewDeletion(sweep.id);

  it("is refused when a trial was claimed since it was confirmed, also when the sweep was cancelled meanwhile", async () => {
    const { confirm } = await preview();
    await heldAt(harness.database.url, points.sweepRow(sweep.id), async (gate) => {
      const claiming = await gate.arrive(claimOne);
      const cancelling = await gate.arrive(() => apply("cancel"));
      const deleting = await gate.arrive(() => harness.control.delete(sweep.id, confirm));
      await gate.open();
      await expect(deleting.outcome).rejects.toMatchObject(mismatch);
      const claims = await claiming.outcome;
      expect([claims.length, (await cancelling.outcome).trials]).toEqual([1, 6]);
      expect(await harness.store.renewLeases(claims, LEASE_MS)).toEqual(stale);
    });
    expect(await shown()).toMatchObject({ state: "cancelled" });
  });

  it("is refused when a retry is first, and the trials can be claimed", async () => {
    await apply("cancel");
    const { confirm } = await preview();
    const refused = { code: "verb_refused" };
    await atVerbs(
      () => apply("retry"),
      () => expect(harness.control.delete(sweep.id, confirm)).rejects.toMatchObject(refused),
    );
    expect(await claimAll(harness.store, sweep)).toHaveLength(6);
  });

  it("leaves nothing to retry or to claim when it is first", async () => {
    await apply("cancel");
    const { confirm } = await preview();
    await atVerbs(
      () => harness.control.delete(sweep.id, confirm),
      () => expect(apply("retry")).rejects.toMatchObject({ code: "not_found" }),
    );
    expect(await claimAll(harness.store, sweep)).toEqual([]);
  });
});
