import { type Mended, type OutboxToken, type Patience, PLACE_RESET } from "@smoothsweep/sweeps";
import { callWorkers, groupsOf, lineOf, renewTokens } from "./line.ts";
import { trainedOf } from "./queries.ts";
import { expireLeases } from "./settle.ts";
import type { SweepRow, Tables, TrialRow } from "./tables.ts";

/** Sends what is due, the foremost first; what could not be sent is sent again. */
export async function relayOutbox(
  tables: Tables,
  limit: number,
  send: (tokens: readonly OutboxToken[]) => Promise<void>,
): Promise<number> {
  const due = tables.outbox.filter(
    (token) => token.sentAt === null && !token.isOnItsWay && token.dueAt <= tables.now(),
  );
  const taken = due.toSorted((left, right) => left.place - right.place).slice(0, limit);
  if (taken.length === 0) return 0;
  for (const token of taken) token.isOnItsWay = true;
  try {
    await send(taken.map(({ dueAt: _due, sentAt: _sent, isOnItsWay: _way, ...token }) => token));
    for (const token of taken) token.sentAt = tables.now();
  } finally {
    for (const token of taken) token.isOnItsWay = false;
  }
  return taken.length;
}

/** Brings back what the queue or its workers have lost. */
export function mend(tables: Tables, patience: Patience): Mended {
  const expired = patience.areLeasesStale ? 0 : expireLeases(tables);
  recountLine(tables);
  return { expired, orphanedGroups: adoptOrphans(tables, patience) };
}

/** Places cannot grow for ever: when the line has come far, it is counted anew, and who waits gets new tokens. */
function recountLine(tables: Tables): void {
  const passed = lineOf(tables, [...tables.sweeps.values()]);
  if (passed <= PLACE_RESET) return;
  const since = (place: number) => Math.max(0, place - passed);
  for (const token of tables.outbox) if (token.sentAt === null) token.place = since(token.place);
  for (const sweep of tables.sweeps.values()) {
    if (sweep.servedPlace === 0) continue;
    sweep.servedPlace = since(sweep.servedPlace);
    if (sweep.state === "running") renewTokens(tables, sweep);
  }
}

/** @returns how many groups got tokens */
function adoptOrphans(tables: Tables, patience: Patience): number {
  let adopted = 0;
  for (const sweep of tables.sweeps.values()) {
    const groups = sweep.state === "running" ? orphansOf(tables, sweep, patience) : [];
    callWorkers(tables, sweep, { groups });
    adopted += groups.length;
  }
  return adopted;
}

/** Groups with trials that may be claimed and nobody to call for them: forgotten by the queue, or by who was called. */
function orphansOf(tables: Tables, { id }: SweepRow, { orphanAfterMs, isQueueEmpty = false }: Patience) {
  const due = trainedOf(tables, id, ["pending"]).filter(({ notBefore }) => notBefore <= tables.now());
  const isBeingServed = ({ state, startedAt }: TrialRow) =>
    state === "running" || (startedAt !== null && startedAt > tables.now() - orphanAfterMs);
  const served = new Set(
    trainedOf(tables, id)
      .filter(isBeingServed)
      .map(({ groupId }) => groupId),
  );
  const isCalledFor = (groupId: string) =>
    tables.outbox.some(({ generation, sentAt, ...token }) => {
      const patienceMs = orphanAfterMs * (isQueueEmpty ? 1 : generation + 1);
      return token.groupId === groupId && (sentAt === null || sentAt > tables.now() - patienceMs);
    });
  return groupsOf(due).filter(({ groupId }) => (isQueueEmpty || !served.has(groupId)) && !isCalledFor(groupId));
}
