import { AppError, isTerminalSweepState, routes, type SweepEvent } from "@smoothsweep/contracts";
import type { EventFeed, TrialStore } from "@smoothsweep/sweeps";
import type { Request, RequestHandler, Response } from "express";
import { parseQuery } from "./parseQuery.ts";
import { readParams } from "./readParams.ts";

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
    const sweepId = readParams(request)["sweepId"] as string;
    const after = startOf(request);
    const sweep = await store.getSweep(sweepId);
    if (isTerminalSweepState(sweep.state) && after >= sweep.lastEventId) {
      response.status(204).end();
      return;
    }
    if (after > sweep.lastEventId) {
      throw new AppError("invalid_request", `the stream must start at most after ${sweep.lastEventId}, got ${after}`);
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
  if (/^\d{1,10}$/.test(String(header))) return Number(header);
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
  response.writeHead(200, {
    "Content-Type": "text/event-stream",
    "Cache-Control": "no-store",
    "X-Accel-Buffering": "no",
  });
  // HEAD has no body: writing one would go on until the sweep ends.
  if (response.req.method === "HEAD") {
    response.end();
    return;
  }
  const bell = createBell();
  const unsubscribe = feed.subscribe(sweepId, bell.ring);
  const ping = setInterval(() => response.write(": ping\n\n"), PING_MS);
  closing.addEventListener("abort", bell.ring);
  response.on("close", bell.ring);
  response.on("drain", bell.ring);
  try {
    response.write("retry: 1000\n\n");
    let last = after;
    while (!response.closed && !closing.aborted) {
      // Taken before reading: a bell that rings during the read is not lost.
      const rung = bell.next();
      const events = await feed.read(sweepId, last, BATCH);
      for (const event of events) await writeEvent(event, { response, closing, bell });
      last = events.at(-1)?.id ?? last;
      if (events.some(({ type }) => type === "sweep.ended")) break;
      if (events.length < BATCH) await rung;
    }
    endStream(response, closing);
  } finally {
    clearInterval(ping);
    closing.removeEventListener("abort", bell.ring);
    unsubscribe();
  }
}

/** A reader that does not read would keep the shutdown waiting; it comes back with its last id as all others. */
function endStream(response: Response, closing: AbortSignal): void {
  if (closing.aborted && response.writableNeedDrain) response.destroy();
  else response.end();
}

interface Writing {
  response: Response;
  closing: AbortSignal;
  bell: Bell;
}

/** Waits while the client reads more slowly than we write, so that memory stays flat. */
async function writeEvent(event: SweepEvent, { response, closing, bell }: Writing): Promise<void> {
  if (response.closed || closing.aborted) return;
  response.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
  while (response.writableNeedDrain && !response.closed && !closing.aborted) await bell.next();
}

interface Bell {
  ring: () => void;
  next: () => Promise<void>;
}

/** Something to wait for that may ring many times: a ring resolves everything that was asked for before it. */
function createBell(): Bell {
  let waiting: (() => void)[] = [];
  return {
    ring: () => {
      const woken = waiting;
      waiting = [];
      for (const wake of woken) wake();
    },
    next: () =>
      new Promise((resolve) => {
        waiting.push(resolve);
      }),
  };
}
