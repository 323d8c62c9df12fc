import { tokensFor, type WaitingGroup } from "@smoothsweep/sweeps";
import { groupBy, trainedOf } from "./queries.ts";
import type { Moment, SweepRow, Tables, TrialRow } from "./tables.ts";

/** Trials by group, as tokens are counted. */
export function groupsOf(trials: readonly TrialRow[]): WaitingGroup[] {
  return [...groupBy(trials, ({ groupId }) => groupId)].map(([groupId, { length }]) => ({ groupId, pending: length }));
}

/** Calls workers to groups that wait again: their tokens stand where the sweep is being served. */
export function callWorkers(
  tables: Tables,
  sweep: SweepRow,
  { groups, dueAt = 0 }: { groups: readonly WaitingGroup[]; dueAt?: Moment },
): void {
  const generations = new Map(groups.map(({ groupId }) => [groupId, nextGeneration(tables, groupId)]));
  for (const token of tokensFor(groups, { start: sweep.servedPlace, priority: sweep.spec.priority })) {
    const id = (tables.outbox.at(-1)?.id ?? 0n) + 1n;
    const generation = generations.get(token.groupId)!;
    tables.outbox.push({ id, sweepId: sweep.id, ...token, generation, dueAt, sentAt: null, isOnItsWay: false });
  }
}

/** A sweep that is new, or comes back, lines up behind nobody but those that are being served now. */
export function lineUp(tables: Tables, sweep: SweepRow): void {
  const others = [...tables.sweeps.values()].filter(({ id }) => id !== sweep.id);
  sweep.servedPlace = Math.max(sweep.servedPlace, lineOf(tables, others));
  renewTokens(tables, sweep);
}

/**
 * How far the line of some sweeps has come: the lowest place of those with something to serve. While nobody has, it stands
 * where it was left.
 */
export function lineOf(tables: Tables, sweeps: readonly SweepRow[]): number {
  const isServed = ({ id, state }: SweepRow) =>
    state === "running" && trainedOf(tables, id, ["pending"]).some(({ notBefore }) => notBefore <= tables.now());
  const places = (of: readonly SweepRow[]) => of.map(({ servedPlace }) => servedPlace);
  const served = sweeps.filter(isServed);
  return served.length > 0 ? Math.min(...places(served)) : Math.max(0, ...places(sweeps));
}

/** Calls workers to every group of a sweep that waits. */
export function renewTokens(tables: Tables, sweep: SweepRow): void {
  callWorkers(tables, sweep, { groups: groupsOf(trainedOf(tables, sweep.id, ["pending"])) });
}

function nextGeneration({ outbox }: Tables, groupId: string): number {
  const known = outbox.filter((token) => token.groupId === groupId).map(({ generation }) => generation);
  return Math.max(-1, ...known) + 1;
}
