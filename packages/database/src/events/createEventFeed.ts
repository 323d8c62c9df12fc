import { type SweepEvent, sweepEventSchema } from "@smoothsweep/contracts";
import type { EventFeed } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { EVENT_CHANNEL, OUTBOX_CHANNEL } from "../sql/appendEvents.ts";
import { notFound } from "../store/reads.ts";
import { startListening } from "./startListening.ts";

export interface ListeningEventFeed extends EventFeed {
  /** Calls `wake` when the outbox may have unsent tokens. @returns the way to stop it. */
  onOutbox(wake: () => void): () => void;
  close(): Promise<void>;
}

/**
 * The port {@link EventFeed} on PostgreSQL: one connection of its own listens for NOTIFY and wakes subscribers, who then
 * read the table. After a lost connection everybody is woken, because notifications may have been missed meanwhile.
 * @param options `silenceMs`: a connection that answers nothing for so long is given up.
 */
export async function createEventFeed(
  database: Database,
  { silenceMs = 10_000 }: { silenceMs?: number } = {},
): Promise<ListeningEventFeed> {
  const waking = new Map<string, Set<() => void>>();
  const outboxWakers = new Set<() => void>();
  const wakeAll = () => {
    for (const wakers of [...waking.values(), outboxWakers]) for (const wake of wakers) wake();
  };
  const listener = await startListening(database.url, [EVENT_CHANNEL, OUTBOX_CHANNEL], {
    onNotification: (channel, payload) => {
      const wakers = channel === OUTBOX_CHANNEL ? outboxWakers : (waking.get(payload) ?? []);
      for (const wake of wakers) wake();
    },
    onReconnect: wakeAll,
    silenceMs,
  });
  return {
    read: (sweepId, afterId, limit) => readEvents(database, { sweepId, afterId, limit }),
    subscribe: (sweepId, wake) => {
      const wakers = waking.get(sweepId) ?? new Set();
      waking.set(sweepId, wakers.add(wake));
      return () => {
        wakers.delete(wake);
        if (wakers.size === 0) waking.delete(sweepId);
      };
    },
    onOutbox: (wake) => {
      outboxWakers.add(wake);
      return () => outboxWakers.delete(wake);
    },
    close: listener.close,
  };
}

async function readEvents(
  { prisma }: Database,
  { sweepId, afterId, limit }: { sweepId: string; afterId: number; limit: number },
): Promise<SweepEvent[]> {
  const rows = await prisma.event.findMany({
    where: { sweepId, id: { gt: afterId } },
    orderBy: { id: "asc" },
    take: limit,
  });
  if (rows.length === 0 && (await prisma.sweep.count({ where: { id: sweepId } })) === 0)
    throw notFound("sweep", sweepId);
  return rows.map(({ id, type, data, createdAt }) => ({
    ...sweepEventSchema.parse({ type, data }),
    id,
    sweepId,
    at: createdAt.toISOString(),
  }));
}
