import { setTimeout as delay } from "node:timers/promises";
import pg from "pg";
import { impatientSocket } from "../connection/impatientSocket.ts";

/** How long to wait before listening again after the connection broke. */
const RECONNECT_MS = 500;

export interface ListenerHooks {
  /** A connection that says nothing for so long is given up. */
  silenceMs: number;
  onNotification: (channel: string, payload: string) => void;
  /** Notifications may have been missed meanwhile. */
  onReconnect: () => void;
}

/**
 * Listens on channels with a connection of its own, and listens again when it broke.
 * @throws the driver's error when the first connection fails
 */
export async function startListening(
  url: string,
  channels: readonly string[],
  hooks: ListenerHooks,
): Promise<{ close(): Promise<void> }> {
  let closed = false;
  let client = await connect();

  async function connect(): Promise<pg.Client> {
    const next = new pg.Client({
      connectionString: url,
      statement_timeout: hooks.silenceMs,
      stream: () => impatientSocket(hooks.silenceMs),
    });
    next.on("notification", ({ channel, payload }) => hooks.onNotification(channel, payload ?? ""));
    next.on("error", () => {});
    next.on("end", () => void reconnect());
    await next.connect();
    await next.query(channels.map((channel) => `LISTEN ${channel}`).join("; "));
    return next;
  }

  async function reconnect(): Promise<void> {
    if (closed) return;
    await delay(RECONNECT_MS, undefined, { ref: false });
    if (closed) return;
    try {
      client = await connect();
      hooks.onReconnect();
    } catch {
      // A failed connect also emits `end`, which tries again.
    }
  }

  // A listener may hear nothing for hours, and would not notice that its connection is dead: it asks now and then.
  const asking = new AbortController();
  const keepAsking = async () => {
    while (!closed) {
      await delay(hooks.silenceMs / 3, undefined, { ref: false, signal: asking.signal });
      await client.query("SELECT 1").catch(() => {});
    }
  };
  keepAsking().catch(() => {});
  return {
    close: async () => {
      closed = true;
      asking.abort();
      await client.end();
    },
  };
}
