import { once } from "node:events";
import { createConnection, createServer, type Socket } from "node:net";
import { forwardOneWay } from "./oneWay.ts";

/** Where connections go. */
export interface Upstream {
  host: string;
  port: number;
}

/** A TCP proxy whose network can be broken. */
export interface TcpProxy {
  readonly port: number;
  /** Resets every connection, and each new one, until {@link heal}. */
  cut(): void;
  /** Every piece of data takes so much longer in each direction, until {@link heal}. */
  slow(delayMs: number): void;
  /**
   * Half-open: the connections of this moment and those made until {@link heal} stay up and never carry anything again,
   * and neither side learns that the other has closed.
   */
  silence(): void;
  /** Requests arrive, answers are lost. {@link heal} resets the connections that have lost something. */
  deafen(): void;
  /** New connections work again. */
  heal(): void;
  close(): Promise<void>;
}

type Condition = { kind: "open"; delayMs: number } | { kind: "cut" | "silent" | "deaf" };

interface Pair {
  client: Socket;
  server: Socket;
  /** Carries nothing any more, and its ends do not learn of each other's. */
  isSilent: boolean;
  /** An answer was lost. */
  hasLost: boolean;
}

const open: Condition = { kind: "open", delayMs: 0 };

/**
 * Listens on a free loopback port and forwards.
 * @param upstream Asked for each connection: a server that was started anew may have another port.
 */
export async function startTcpProxy(upstream: () => Upstream): Promise<TcpProxy> {
  let condition: Condition = open;
  const pairs = new Set<Pair>();

  const listener = createServer((client) => {
    client.on("error", () => {});
    if (condition.kind === "cut") {
      client.resetAndDestroy();
      return;
    }
    const server = createConnection(upstream());
    const pair: Pair = { client, server, isSilent: condition.kind === "silent", hasLost: false };
    pairs.add(pair);
    joinPair(pair, () => condition);
    for (const socket of [client, server]) {
      socket.on("close", () => {
        if (client.destroyed && server.destroyed) pairs.delete(pair);
      });
    }
  });
  listener.listen(0, "127.0.0.1");
  await once(listener, "listening");

  const reset = (isMeant: (pair: Pair) => boolean) => {
    for (const pair of [...pairs].filter(isMeant)) {
      pair.client.resetAndDestroy();
      pair.server.resetAndDestroy();
    }
  };
  return {
    port: portOf(listener.address()),
    cut: () => {
      condition = { kind: "cut" };
      reset(({ isSilent }) => !isSilent);
    },
    slow: (delayMs) => {
      condition = { kind: "open", delayMs };
    },
    silence: () => {
      condition = { kind: "silent" };
      for (const pair of pairs) pair.isSilent = true;
    },
    deafen: () => {
      condition = { kind: "deaf" };
    },
    heal: () => {
      condition = open;
      reset(({ hasLost }) => hasLost);
    },
    close: async () => {
      reset(() => true);
      listener.close();
      await once(listener, "close");
    },
  };
}

function joinPair(pair: Pair, conditionNow: () => Condition): void {
  const { client, server } = pair;
  server.on("error", () => {});
  for (const socket of [client, server]) socket.setNoDelay(true);
  const delayNow = () => {
    const condition = conditionNow();
    return { delayMs: condition.kind === "open" ? condition.delayMs : 0 };
  };
  forwardOneWay(client, server, () => (pair.isSilent ? "lost" : delayNow()));
  forwardOneWay(server, client, () => {
    if (conditionNow().kind === "deaf") pair.hasLost = true;
    return pair.isSilent || pair.hasLost ? "lost" : delayNow();
  });
}

function portOf(address: ReturnType<ReturnType<typeof createServer>["address"]>): number {
  return typeof address === "object" && address !== null ? address.port : 0;
}
