import { isTerminalSweepState, isTerminalTrialState, type SweepDetail, type Trial } from "@smoothsweep/contracts";
import { expect } from "vitest";
import { acceptedResult } from "../factories/resultFactory.ts";
import { relayAll } from "./workerCommands.ts";
import { expectSameViews, type World } from "./world.ts";

const DAY_MS = 24 * 3_600_000;

/** What must be true whenever nothing is under way, whoever the store is. */
export async function expectLaws(world: World): Promise<void> {
  for (const sweep of await sweepsLeft(world)) {
    const { items } = await world.store.store.listTrials(sweep.id, { limit: 1000 });
    const trained = items.filter(({ representativeId }) => representativeId === null);
    expectCounts(sweep, trained);
    for (const trial of items) expectReason(trial);
    await expectHistory(world, sweep, trained);
    for (const { id, metrics } of trained) {
      if (world.accepted.has(id)) expect(metrics?.test.accuracy).toBe(world.accepted.get(id));
    }
  }
}

async function sweepsLeft({ store }: World): Promise<SweepDetail[]> {
  const { items } = await store.store.listSweeps({ limit: 100 });
  return Promise.all(items.map(({ id }) => store.store.getSweep(id)));
}

/** A sweep has ended when, and only when, all its trials have. */
function expectCounts({ state, counts }: SweepDetail, trained: readonly Trial[]): void {
  const { asked: _, distinct, pending, running, ...ended } = counts;
  expect(distinct).toBe(trained.length);
  expect(pending + running + ended.completed + ended.failed + ended.cancelled).toBe(distinct);
  expect(isTerminalSweepState(state)).toBe(pending + running === 0);
  if (state === "completed") expect(ended.completed).toBe(distinct);
}

/** Every trial that has ended says why, and none is both. */
function expectReason({ state, metrics, failure, endedAt }: Trial): void {
  expect(metrics !== null).toBe(state === "completed");
  expect(failure !== null).toBe(state === "failed" || state === "cancelled");
  expect(endedAt !== null).toBe(isTerminalTrialState(state));
}

/** Events count 1, 2, 3 ...; every attempt was started once, and every trial that was trained accepted once. */
async function expectHistory({ store }: World, sweep: SweepDetail, trained: readonly Trial[]): Promise<void> {
  const events = await store.feed.read(sweep.id, 0, 10_000);
  expect(events.map(({ id }) => id)).toEqual(Array.from({ length: sweep.lastEventId }, (_, index) => index + 1));
  const starts = events.flatMap(({ type, data }) => (type === "trials.started" ? data.trialIds : []));
  const ends = events.flatMap(({ type, data }) => (type === "trial.completed" ? [data.trialId] : []));
  for (const { id, state, attempts } of trained) {
    const [started, accepted] = [starts, ends].map((ids) => ids.filter((each) => each === id).length);
    // What was inherited from a sweep that was deleted has attempts of before.
    if (started! > 0) expect(started).toBe(attempts);
    if (started! > 0) expect(accepted).toBe(state === "completed" ? 1 : 0);
  }
}

/** Nothing is lost: whatever has happened, workers who are called end every sweep that may go on. */
export async function expectAllEnds(world: World): Promise<void> {
  for (const { id, state } of await sweepsLeft(world)) {
    if (state !== "paused") continue;
    for (const { control } of [world.store, world.twin]) await control.apply(id, "resume");
  }
  world.queue = [];
  for (let round = 0; round < 20; round++) {
    for (const { passTime, ledger } of [world.store, world.twin]) {
      await passTime(DAY_MS);
      await ledger.mend({ orphanAfterMs: 0, isQueueEmpty: true });
    }
    await relayAll(world);
    for (const { groupId, place } of world.queue.splice(0)) await completeNext(world, { groupId, place });
  }
  await expectSameViews(world);
  for (const { state } of await sweepsLeft(world)) expect(isTerminalSweepState(state)).toBe(true);
}

async function completeNext(world: World, { groupId, place }: { groupId: string; place: number }): Promise<void> {
  for (const { store } of [world.store, world.twin]) {
    const claims = await store.claimTrials({ groupId, place, limit: 64, workerId: "wrk_last", leaseMs: DAY_MS });
    await store.acceptResults(claims.map((claim) => acceptedResult(claim)));
  }
}
