import { PLACE_RESET, type PlannedSweep } from "@smoothsweep/sweeps";
import { acceptedResult, claimAll, plannedSweep } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { inOrder, points } from "./heldAt.ts";
import { openStore } from "./openStore.ts";

let harness: Awaited<ReturnType<typeof openStore>>;
beforeEach(async () => {
  harness = await openStore();
});
afterEach(() => harness.close());

const create = async (name: string): Promise<PlannedSweep> => {
  const sweep = plannedSweep({ name });
  await harness.store.createSweep(sweep);
  return sweep;
};
const place = async ({ id }: PlannedSweep, at?: number): Promise<number> => {
  const { pool } = harness.database;
  if (at !== undefined) await pool.query("UPDATE sweep SET served_place = $2 WHERE id = $1", [id, at]);
  const { rows } = await pool.query<{ place: number }>("SELECT served_place AS place FROM sweep WHERE id = $1", [id]);
  return rows[0]!.place;
};
const complete = async (sweep: PlannedSweep) => {
  const claims = await claimAll(harness.store, sweep);
  await harness.store.acceptResults(claims.map((claim) => acceptedResult(claim)));
};
/** Places of the tokens that are sent now. */
const sentPlaces = async () => {
  const places: number[] = [];
  await harness.ledger.relayOutbox(1000, async (tokens) => void places.push(...tokens.map((token) => token.place)));
  return places;
};
const mend = () => harness.ledger.mend({ orphanAfterMs: 3_600_000 });

describe("the line of all sweeps", () => {
  it("stands where it was left while nobody has anything to serve", async () => {
    const first = await create("first");
    await place(first, 5000);
    await complete(first);
    expect(await place(await create("second"))).toBe(5000);
  });

  it.each([
    ["was extended after its end", complete, (id: string) => harness.control.extend(id, { seeds: [9], axes: {} })],
    [
      "was paused meanwhile",
      ({ id }: PlannedSweep) => harness.control.apply(id, "pause"),
      (id: string) => harness.control.apply(id, "resume"),
    ],
  ])("has a sweep that %s no further back than one that came since", async (_, leave, comeBack) => {
    const old = await create("old");
    await place(old, 5000);
    await leave(old);
    const since = await create("since");
    await comeBack(old.id);
    expect([await place(old), await place(since)]).toEqual([5000, 5000]);
    await place(since, 7000);
    expect(await place(await create("newest"))).toBe(5000);
  });

  it("does not wait for a sweep whose trials all run or wait for their back-off", async () => {
    const busy = await create("busy");
    const [failing] = await claimAll(harness.store, busy);
    const failure = { code: "training_failed", message: "why", retryable: true };
    expect(await harness.store.failTrial({ ...failing!, ...failure })).toBe("pending");
    await place(await create("served"), 5000);
    expect(await place(await create("newcomer"))).toBe(5000);
  });
});

describe("counting the line anew", () => {
  it("keeps how far the sweeps are from each other, whatever they do, and gives those that wait new tokens", async () => {
    const [served, behind, paused, ended] = [
      await create("served"),
      await create("behind"),
      await create("paused"),
      await create("ended"),
    ];
    await harness.control.apply(paused.id, "pause");
    await complete(ended);
    await sentPlaces();
    await place(served, PLACE_RESET + 10);
    await place(behind, PLACE_RESET + 42);
    await place(ended, PLACE_RESET + 7);
    await mend();
    expect(await Promise.all([served, behind, paused, ended].map((sweep) => place(sweep)))).toEqual([0, 32, 0, 0]);
    expect((await sentPlaces()).toSorted((left, right) => left - right)).toEqual([0, 16, 32, 48]);
    await mend();
    expect(await sentPlaces()).toEqual([]);
  });

  it("moves tokens that are not sent yet along with their sweeps", async () => {
    const sweep = await create("unsent");
    await harness.database.pool.query("UPDATE outbox SET place = place + $1", [PLACE_RESET + 10]);
    await place(sweep, PLACE_RESET + 10);
    await mend();
    expect(new Set(await sentPlaces())).toEqual(new Set([0, 16]));
  });

  it("is done once by two reconcilers at the same moment", async () => {
    const [served, behind] = [await create("served"), await create("behind")];
    await place(served, PLACE_RESET + 10);
    await place(behind, PLACE_RESET + 42);
    await inOrder(harness.database.url, points.line(), [mend, mend]);
    expect([await place(served), await place(behind)]).toEqual([0, 32]);
  });

  it("takes the place of a token from before for what it is: it throws no sweep back", async () => {
    const sweep = await create("claimed late");
    await place(sweep, PLACE_RESET + 10);
    await mend();
    const claim = (at: number) =>
      harness.store.claimTrials({
        groupId: sweep.trials[0]!.groupId,
        workerId: "wrk_test",
        limit: 1,
        leaseMs: 60_000,
        place: at,
      });
    expect(await claim(PLACE_RESET + 26)).toHaveLength(1);
    expect(await place(sweep)).toBe(0);
    expect(await claim(16)).toHaveLength(1);
    expect(await place(sweep)).toBe(16);
  });
});
