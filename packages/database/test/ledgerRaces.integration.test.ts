import type { ClaimedTrial, OutboxToken, PlannedSweep } from "@smoothsweep/sweeps";
import { claimAll, plannedSweep } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { heldAt, inOrder, points } from "./heldAt.ts";
import { openStore } from "./openStore.ts";

const LEASE_MS = 60_000;

let harness: Awaited<ReturnType<typeof openStore>>;
let sweep: PlannedSweep;
beforeEach(async () => {
  harness = await openStore();
  sweep = plannedSweep();
  await harness.store.createSweep(sweep);
});
afterEach(() => harness.close());

const groupIds = () => [...new Set(sweep.trials.map(({ groupId }) => groupId))].toSorted();
const relayAll = async () => {
  const groups: string[] = [];
  await harness.ledger.relayOutbox(100, async (tokens) => void groups.push(...tokens.map(({ groupId }) => groupId)));
  return groups.toSorted();
};
/** Relays one token; `during` happens while it is on its way. */
const relayOne = (during: (token: OutboxToken) => Promise<void>) =>
  harness.ledger.relayOutbox(1, ([token]) => during(token!));

describe("two relays on one outbox", () => {
  it("send each token once: while one is sending, the other takes the rest", async () => {
    let first: string | undefined;
    await relayOne(async ({ groupId }) => {
      first = groupId;
      expect(await relayAll()).toEqual(groupIds().filter((each) => each !== groupId));
    });
    expect(groupIds()).toContain(first);
    expect(await relayAll()).toEqual([]);
  });

  it("lose no token when one dies while it is sending: the other sends it", async () => {
    const dying = relayOne(async () => {
      await harness.database.pool.query(
        `SELECT pg_terminate_backend(pid) FROM pg_stat_activity
         WHERE datname = current_database() AND state = 'idle in transaction'`,
      );
    });
    await expect(dying).rejects.toThrow();
    expect(await relayAll()).toEqual(groupIds());
  });
});

describe("two reconcilers", () => {
  const mend = () => harness.ledger.mend({ orphanAfterMs: 0 });
  beforeEach(() => relayAll());

  it("give new tokens once to groups that everybody has forgotten", async () => {
    const [one, other] = await inOrder(harness.database.url, points.sweepRow(sweep.id), [mend, mend]);
    expect([one.orphanedGroups, other.orphanedGroups]).toEqual([groupIds().length, 0]);
    expect(await relayAll()).toEqual(groupIds());
  });

  it("give no tokens to a sweep that was cancelled meanwhile", async () => {
    const [, mended] = await inOrder(harness.database.url, points.sweepRow(sweep.id), [
      () => harness.control.apply(sweep.id, "cancel"),
      mend,
    ]);
    expect([mended.orphanedGroups, await relayAll()]).toEqual([0, []]);
  });

  it("pass over a sweep that was deleted meanwhile", async () => {
    await heldAt(harness.database.url, points.sweepRow(sweep.id), async (gate) => {
      const mending = await gate.arrive(mend);
      await gate.run("DELETE FROM sweep WHERE id = $1", sweep.id);
      await gate.open();
      expect(await mending.outcome).toEqual({ expired: 0, orphanedGroups: 0 });
    });
  });
});

describe("a renewal and a cancel at the same moment", () => {
  it("never wait for each other, whatever the order of the claims", async () => {
    const byId = (left: ClaimedTrial, right: ClaimedTrial) => (left.trialId < right.trialId ? -1 : 1);
    const claims = (await claimAll(harness.store, sweep)).toSorted(byId);
    const [cancelled, renewed] = await inOrder(harness.database.url, points.trialRow(claims[0]!.trialId), [
      () => harness.control.apply(sweep.id, "cancel"),
      () => harness.store.renewLeases(claims.toReversed(), LEASE_MS),
    ]);
    expect([cancelled.trials, renewed]).toEqual([6, []]);
    const { rows } = await harness.database.pool.query(
      "SELECT pg_stat_force_next_flush(), deadlocks::int AS deadlocks FROM pg_stat_database WHERE datname = current_database()",
    );
    expect(rows).toMatchObject([{ deadlocks: 0 }]);
  });
});
