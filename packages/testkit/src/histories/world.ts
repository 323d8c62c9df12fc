import { isAppError } from "@smoothsweep/contracts";
import type { Claim, ClaimRequest, OutboxToken, PlannedSweep, PlanningTools } from "@smoothsweep/sweeps";
import { expect } from "vitest";
import type { StoreHarness } from "../contracts/storeHarness.ts";

/** What happens in a history, and what its users and workers know. */
export interface World {
  /** Says how the store must answer. */
  twin: StoreHarness;
  store: StoreHarness;
  newId: PlanningTools["newId"];
  /** Sweeps that were submitted, deleted ones too. */
  sweeps: PlannedSweep[];
  /** Tokens in the queue. */
  queue: Token[];
  /** Every request for claims. */
  requests: ClaimRequest[];
  /** Every claim that was ever handed out, stale ones too. */
  claims: Claim[];
  /** Results that were accepted, by trial. */
  accepted: Map<string, number>;
}

export type Token = Omit<OutboxToken, "id">;

/** Ids that count, so that two stores name the trials of an extension alike. */
export function countingIds(mark: string): PlanningTools["newId"] {
  let count = 0;
  return (prefix) => `${prefix}_${mark}${String(count++).padStart(6, "0")}`;
}

/**
 * Asks store and twin the same, and lets them agree.
 * @returns the answer; undefined when both refuse
 */
export async function ask<T>(
  { store, twin }: World,
  question: (harness: StoreHarness) => Promise<T>,
): Promise<T | undefined> {
  const [told, expected] = [await outcomeOf(question(store)), await outcomeOf(question(twin))];
  expect(timeless(told)).toEqual(timeless(expected));
  return "answer" in told ? told.answer : undefined;
}

async function outcomeOf<T>(answer: Promise<T>): Promise<{ answer: T } | { refused: string }> {
  try {
    return { answer: await answer };
  } catch (error) {
    if (!isAppError(error)) throw error;
    return { refused: error.code };
  }
}

/** Moments are each store's own; that there is one is not. Rates follow from them. */
const moments = /^(createdAt|startedAt|endedAt|archivedAt|seenAt|at)$/;

function timeless(value: unknown): unknown {
  const text = JSON.stringify(value, (key, inner: unknown) =>
    key === "progress" ? undefined : moments.test(key) && inner !== null ? "then" : inner,
  );
  return JSON.parse(text);
}

/** In an order of their own: stores answer sets of claims in any. */
export function inOrder(claims: readonly Claim[]): Claim[] {
  const names = claims.map(({ trialId, token }) => ({ trialId, token }));
  return names.toSorted((left, right) => (left.trialId < right.trialId ? -1 : 1));
}

/** Everything that users see of the sweeps. */
export async function expectSameViews(world: World): Promise<void> {
  for (const { id } of world.sweeps) {
    await ask(world, ({ store }) => store.getSweep(id));
    await ask(world, ({ store }) => store.listTrials(id, { limit: 1000 }));
    await ask(world, ({ store }) => store.listCellTrials(id, { limit: 1000 }));
    await ask(world, ({ feed }) => feed.read(id, 0, 10_000));
  }
  const trialIds = world.sweeps.flatMap(({ trials }) => trials.map(({ id }) => id));
  await ask(world, ({ predictions }) => Promise.all(trialIds.map((id) => predictions.describe(id, "test"))));
  await ask(world, ({ store }) => store.listSweeps({ limit: 100 }));
  await ask(world, ({ registry }) => registry.list(60_000));
}
