import type { ClaimedTrial } from "@smoothsweep/sweeps";
import { claimAll } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { heldAt, points } from "./heldAt.ts";
import { claimOf, LEASE_MS, openRace, type Race, stale } from "./openRace.ts";

let race: Race;
beforeEach(async () => {
  race = await openRace();
});
afterEach(() => race.close());

describe("a pause and a claim at the same moment", () => {
  it("yield nothing when the pause is first, and no attempt is counted", async () => {
    const [, claims] = await race.atSweepRow(() => race.apply("pause"), race.claimOne);
    expect(claims).toEqual([]);
    expect(await race.shown()).toMatchObject({ state: "paused", counts: { pending: 6, running: 0 } });
    await race.apply("cancel");
    await race.apply("retry");
    expect((await race.claimOne())[0]).toMatchObject({ token: 1 });
  });

  it("leave the trial to its worker when the claim is first, result included", async () => {
    const [claims, paused] = await race.atSweepRow(race.claimOne, () => race.apply("pause"));
    expect(paused).toMatchObject({ state: "paused" });
    expect(await race.accept(claims[0]!)).toEqual([claimOf(claims[0]!)]);
    expect(await race.shown()).toMatchObject({ state: "paused", counts: { completed: 1, pending: 5 } });
  });
});

describe("a cancel and a result at the same moment", () => {
  it("keep the result when it is first, and cancel the rest", async () => {
    const claims = await claimAll(race.store, race.sweep);
    const [accepted, cancelled] = await race.atSweepRow(
      () => race.accept(claims[0]!),
      () => race.apply("cancel"),
    );
    expect([accepted, cancelled.trials]).toEqual([[claimOf(claims[0]!)], 5]);
    expect(await race.trial(claims[0]!)).toMatchObject({ state: "completed" });
  });

  it("refuse the result when the cancel is first", async () => {
    const claims = await claimAll(race.store, race.sweep);
    const [cancelled, accepted] = await race.atSweepRow(
      () => race.apply("cancel"),
      () => race.accept(claims[0]!),
    );
    expect([cancelled.trials, accepted]).toEqual([6, stale]);
    expect(await race.trial(claims[0]!)).toMatchObject({ state: "cancelled", metrics: null });
    expect(await race.ends()).toBe(1);
  });
});

describe("the end of a lease", () => {
  let claim: ClaimedTrial;
  beforeEach(async () => {
    [claim] = (await race.claimOne()) as [ClaimedTrial];
    await race.passTime(LEASE_MS + 1);
  });
  const mend = () => race.ledger.mend({ orphanAfterMs: LEASE_MS });

  it("refuses a result that comes after it, and the trial waits for another attempt", async () => {
    const [mended, accepted] = await race.atSweepRow(mend, () => race.accept(claim));
    expect([mended.expired, accepted]).toEqual([1, stale]);
    expect(await race.trial(claim)).toMatchObject({ state: "pending", metrics: null, losses: 1 });
  });

  it("leaves a result alone that is being accepted", async () => {
    await heldAt(race.url, points.sweepRow(race.sweep.id), async (gate) => {
      const accepting = await gate.arrive(() => race.accept(claim));
      expect(await mend()).toMatchObject({ expired: 0 });
      await gate.open();
      expect(await accepting.outcome).toEqual([claimOf(claim)]);
    });
    expect(await race.trial(claim)).toMatchObject({ state: "completed", losses: 0 });
  });

  it("refuses a renewal that comes after it", async () => {
    const [, renewed] = await race.atSweepRow(mend, () => race.store.renewLeases([claim], LEASE_MS));
    expect(renewed).toEqual(stale);
  });

  it("leaves a trial alone whose lease is being renewed", async () => {
    await heldAt(race.url, points.trialRow(claim.trialId), async (gate) => {
      const renewing = await gate.arrive(() => race.store.renewLeases([claim], LEASE_MS));
      expect(await mend()).toMatchObject({ expired: 0 });
      await gate.open();
      expect(await renewing.outcome).toEqual([claimOf(claim)]);
    });
    expect(await mend()).toMatchObject({ expired: 0 });
  });

  it("counts as one loss when two reconcilers find it", async () => {
    await heldAt(race.url, points.sweepRow(race.sweep.id), async (gate) => {
      const mending = await gate.arrive(mend);
      expect(await mend()).toMatchObject({ expired: 0 });
      await gate.open();
      expect(await mending.outcome).toMatchObject({ expired: 1 });
    });
    expect(await race.trial(claim)).toMatchObject({ state: "pending", losses: 1 });
  });
});
