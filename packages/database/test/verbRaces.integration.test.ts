import type { ClaimedTrial } from "@smoothsweep/sweeps";
import { claimAll } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { heldAt, inOrder, points } from "./heldAt.ts";
import { claimOf, LEASE_MS, openRace, type Race, stale } from "./openRace.ts";

let race: Race;
beforeEach(async () => {
  race = await openRace();
});
afterEach(() => race.close());

const fail = (claim: ClaimedTrial) =>
  race.store.failTrial({ ...claim, code: "trial_diverged", message: "NaN", retryable: false });
const atVerbs = <A, B>(first: () => Promise<A>, second: () => Promise<B>) =>
  inOrder(race.url, points.verbsOf(race.sweep.id), [first, second]);

describe("a stop and the last result at the same moment", () => {
  it("complete the sweep when the result is first: there is nothing to stop any more", async () => {
    const [last, ...others] = await claimAll(race.store, race.sweep);
    await race.accept(...others);
    const refused = { code: "verb_refused" };
    await race.atSweepRow(
      () => race.accept(last!),
      () => expect(race.apply("stop")).rejects.toMatchObject(refused),
    );
    expect([(await race.shown()).state, await race.ends()]).toEqual(["completed", 1]);
  });

  it("keep the result when the stop is first, and end the sweep once, as stopped", async () => {
    const [last] = await race.claimOne();
    const [stopped, accepted] = await race.atSweepRow(
      () => race.apply("stop"),
      () => race.accept(last!),
    );
    expect([stopped, accepted]).toMatchObject([{ state: "stopping", trials: 5 }, [claimOf(last!)]]);
    expect(await race.shown()).toMatchObject({ state: "stopped", counts: { completed: 1, cancelled: 5 } });
    expect(await race.ends()).toBe(1);
  });
});

describe("a retry and the end of the sweep at the same moment", () => {
  let last: ClaimedTrial;
  beforeEach(async () => {
    const [failing, ...others] = await claimAll(race.store, race.sweep);
    last = others.pop()!;
    await fail(failing!);
    await race.accept(...others);
  });

  it("let the sweep run again when its end is first", async () => {
    const [, retried] = await race.atSweepRow(
      () => race.accept(last),
      () => race.apply("retry"),
    );
    expect(retried).toMatchObject({ state: "running", trials: 1 });
    expect([(await claimAll(race.store, race.sweep)).length, await race.ends()]).toEqual([1, 1]);
  });

  it("let the sweep go on without an end when the retry is first", async () => {
    const [retried] = await race.atSweepRow(
      () => race.apply("retry"),
      () => race.accept(last),
    );
    expect(retried).toMatchObject({ state: "running", trials: 1 });
    expect([(await race.shown()).state, await race.ends()]).toEqual(["running", 0]);
    expect(await claimAll(race.store, race.sweep)).toHaveLength(1);
  });
});

describe("a deletion", () => {
  const mismatch = { code: "confirmation_mismatch" };
  const preview = () => race.control.previewDeletion(race.sweep.id);

  it("is refused when a trial was claimed since it was confirmed, also when the sweep was cancelled meanwhile", async () => {
    const { confirm } = await preview();
    await heldAt(race.url, points.sweepRow(race.sweep.id), async (gate) => {
      const claiming = await gate.arrive(race.claimOne);
      const cancelling = await gate.arrive(() => race.apply("cancel"));
      const deleting = await gate.arrive(() => race.control.delete(race.sweep.id, confirm));
      await gate.open();
      await expect(deleting.outcome).rejects.toMatchObject(mismatch);
      const claims = await claiming.outcome;
      expect([claims.length, (await cancelling.outcome).trials]).toEqual([1, 6]);
      expect(await race.store.renewLeases(claims, LEASE_MS)).toEqual(stale);
    });
    expect(await race.shown()).toMatchObject({ state: "cancelled" });
  });

  it("is refused when a retry is first, and the trials can be claimed", async () => {
    await race.apply("cancel");
    const { confirm } = await preview();
    const refused = { code: "verb_refused" };
    await atVerbs(
      () => race.apply("retry"),
      () => expect(race.control.delete(race.sweep.id, confirm)).rejects.toMatchObject(refused),
    );
    expect(await claimAll(race.store, race.sweep)).toHaveLength(6);
  });

  it("leaves nothing to retry or to claim when it is first", async () => {
    await race.apply("cancel");
    const { confirm } = await preview();
    await atVerbs(
      () => race.control.delete(race.sweep.id, confirm),
      () => expect(race.apply("retry")).rejects.toMatchObject({ code: "not_found" }),
    );
    expect(await claimAll(race.store, race.sweep)).toEqual([]);
  });
});
