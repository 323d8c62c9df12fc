import type { RevocationFeed } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { REVOCATION_CHANNEL } from "../sql/appendEvents.ts";
import { startListening } from "./startListening.ts";

/** The port {@link RevocationFeed} on PostgreSQL's NOTIFY, with a connection of its own. @param options as {@link createEventFeed} */
export async function createRevocationFeed(
  database: Database,
  { silenceMs = 10_000 }: { silenceMs?: number } = {},
): Promise<RevocationFeed> {
  const wakers = new Set<(sweepId: string | undefined) => void>();
  const wakeAll = (sweepId: string | undefined) => {
    for (const wake of wakers) wake(sweepId);
  };
  const listener = await startListening(database.url, [REVOCATION_CHANNEL], {
    onNotification: (_channel, sweepId) => wakeAll(sweepId),
    onReconnect: () => wakeAll(undefined),
    silenceMs,
  });
  return {
    subscribe: (wake) => {
      wakers.add(wake);
      return () => wakers.delete(wake);
    },
    close: listener.close,
  };
}
