import type { PlannedSweep, SubmissionOptions } from "@smoothsweep/sweeps";
import { acceptedResult, claimAll, plannedSweep } from "@smoothsweep/testkit";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { heldAt, inOrder, type Point, points } from "./heldAt.ts";
import { openStore } from "./openStore.ts";

const SUBMITTERS = 20;

let harness: Awaited<ReturnType<typeof openStore>>;
beforeEach(async () => {
  // Every submitter has a connection, so that all of them can stand at one point.
  harness = await openStore({ connectionsMax: SUBMITTERS + 2 });
});
afterEach(() => harness.close());

const submit = (options: SubmissionOptions, sweep = plannedSweep()) => harness.store.createSweep(sweep, options);
const sweeps = async () => (await harness.store.listSweeps({ limit: 100 })).items.length;
const complete = async (sweep: PlannedSweep) => {
  await harness.store.acceptResults((await claimAll(harness.store, sweep)).map((claim) => acceptedResult(claim)));
};
const deletion = async ({ id }: PlannedSweep) => {
  const { confirm } = await harness.control.previewDeletion(id);
  return () => harness.control.delete(id, confirm);
};
/** The answers to 20 submissions that all stood at a point. */
const submitAt = async (point: Point, options: SubmissionOptions) => {
  let answers: ReturnType<typeof submit>[] = [];
  await heldAt(harness.database.url, point, async (gate) => {
    answers = await gate.arriveAll(Array.from({ length: SUBMITTERS }, () => () => submit(options)));
  });
  return Promise.all(answers);
};

describe("20 submissions at the same moment", () => {
  it("of one specification make one sweep, which the others join", async () => {
    const answers = await submitAt(points.submissionsOf(plannedSweep().specHash), { ifSame: "join" });
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ joined }) => joined)).toHaveLength(SUBMITTERS - 1);
    expect(await sweeps()).toBe(1);
  });

  it("with one key get one answer, also when the first one with it vanishes before its end", async () => {
    const idempotency = { key: "key-1", requestHash: "hash" };
    const answers = await submitAt(points.idempotencyKey("key-1"), { ifSame: "duplicate", idempotency });
    expect(new Set(answers.map(({ id }) => id)).size).toBe(1);
    expect(answers.filter(({ isReplay }) => isReplay)).toHaveLength(SUBMITTERS - 1);
    expect(await sweeps()).toBe(1);
  });
});

describe("a submission and the deletion of what it would take", () => {
  let origin: PlannedSweep;
  beforeEach(async () => {
    origin = plannedSweep();
    await submit({ ifSame: "join", idempotency: { key: "key-1", requestHash: "hash" } }, origin);
    await complete(origin);
  });
  const again = plannedSweep({ name: "again", cache: "use" });
  const firstTrial = () => points.trialRow(origin.trials[0]!.id);

  it("make a sweep of its own when the one to join is being deleted", async () => {
    const remove = await deletion(origin);
    const join = () => submit({ ifSame: "join", idempotency: { key: "key-2", requestHash: "hash" } });
    const [, answer] = await inOrder(harness.database.url, points.submissionRow("key-1"), [remove, join]);
    expect(answer).toMatchObject({ joined: false, counts: { pending: 6 } });
    expect(await sweeps()).toBe(1);
  });

  it("train anew what is being deleted", async () => {
    const remove = await deletion(origin);
    const [, answer] = await inOrder(harness.database.url, firstTrial(), [
      remove,
      () => harness.store.createSweep(again),
    ]);
    expect(answer).toMatchObject({ reused: 0, counts: { pending: 6 } });
  });

  it("hand the reports over to the sweep that has just taken the results", async () => {
    const reuser = plannedSweep({ name: "again", cache: "use" });
    const remove = await deletion(origin);
    const [answer] = await inOrder(harness.database.url, firstTrial(), [
      () => harness.store.createSweep(reuser),
      remove,
    ]);
    expect(answer).toMatchObject({ reused: 6 });
    const { reports, metrics, reusedFrom } = await harness.store.getTrial(reuser.trials[0]!.id);
    expect([reports.length, metrics?.test.accuracy, reusedFrom]).toEqual([2, 0.9, null]);
  });
});
