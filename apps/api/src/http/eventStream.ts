import { once } from "node:events";
import { AppError, isTerminalSweepState, routes, type SweepEvent } from "@smoothsweep/contracts";
import type { EventFeed, TrialStore } from "@smoothsweep/sweeps";
import type { Request, RequestHandler, Response } from "express";
import { parseQuery } from "./handler.ts";

const PING_MS = 15_000;
const STREAMS_MAX = 200;
const BATCH = 500;

export interface EventStreamDependencies {
  feed: EventFeed;
  store: Pick<TrialStore, "getSweep">;
  /** Aborted when the API shuts down: streams end, clients come back with their last id. */
  closing: AbortSignal;
}

/**
 * Server-sent events of a sweep. Starts after Last-Event-ID (or `?after=`), sends what there is, then what comes; ends
 * after `sweep.ended`. A client that comes back with the last id of an ended sweep gets 204, which tells browsers to stop.
 */
export function streamEvents({ feed, store, closing }: EventStreamDependencies): RequestHandler {
  let open = 0;
  return async (request, response) => {
    const sweepId = request.params["sweepId"] as string;
    const after = startOf(request);
    const sweep = await store.getSweep(sweepId);
    if (isTerminalSweepState(sweep.state) && after >= sweep.lastEventId) {
      response.status(204).end();
      return;
    }
    if (open >= STREAMS_MAX)
      throw new AppError("too_many_connections", `at most ${STREAMS_MAX} event streams may be open`);
    open++;
    try {
      await stream({ feed, sweepId, after, response, closing });
    } finally {
      open--;
    }
  };
}

function startOf(request: Request): number {
  const query = parseQuery(routes.streamEvents, request.query) as { after?: number };
  const header = request.headers["last-event-id"];
  if (header === undefined || header === "") return query.after ?? 0;
  const id = Number(header);
  if (Number.isInteger(id) && id >= 0) return id;
  throw new AppError("invalid_request", `\`Last-Event-ID\` must be a whole number, got ${JSON.stringify(header)}`);
}

interface StreamInput {
  feed: EventFeed;
  sweepId: string;
  after: number;
  response: Response;
  closing: AbortSignal;
}

async function stream({ feed, sweepId, after, response, closing }: StreamInput): Promise<void> {
  const bell = createBell();
  const unsubscribe = feed.subscribe(sweepId, bell.ring);
  const ping = setInterval(() => response.write(": ping\n\n"), PING_MS);
  const stop = () => bell.ring();
  closing.addEventListener("abort", stop);
  response.on("close", stop);
  try {
    response.writeHead(200, {
      "Content-Type": "text/event-stream",
      "Cache-Control": "no-store",
      "X-Accel-Buffering": "no",
    });
    response.write("retry: 1000\n\n");
    let last = after;
    while (!response.closed && !closing.aborted) {
      // Taken before reading: a bell that rings during the read is not lost.
      const rung = bell.next();
      const events = await feed.read(sweepId, last, BATCH);
      for (const event of events) await writeEvent(response, event);
      last = events.at(-1)?.id ?? last;
      if (events.some(({ type }) => type === "sweep.ended")) break;
      if (events.length < BATCH) await rung;
    }
    response.end();
  } finally {
    clearInterval(ping);
    closing.removeEventListener("abort", stop);
    unsubscribe();
  }
}

/** Waits while the client reads more slowly than we write, so that memory stays flat. */
async function writeEvent(response: Response, event: SweepEvent): Promise<void> {
  const flushed = response.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  if (!flushed && !response.closed) await Promise.race([once(response, "drain"), once(response, "close")]);
}

/** Something to wait for that may ring many times: `next` is resolved by the first ring after it was asked for. */
function createBell(): { ring: () => void; next: () => Promise<void> } {
  let wake: () => void = () => {};
  return {
    ring: () => wake(),
    next: () =>
      new Promise((resolve) => {
        wake = resolve;
      }),
  };
}
