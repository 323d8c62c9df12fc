import type { IncomingMessage, ServerResponse } from "node:http";
import {
  cellListSchema,
  type Problem,
  sweepDetailSchema,
  sweepListSchema,
  trialDetailSchema,
  trialListSchema,
} from "@smoothsweep/contracts";
import type { FixtureSweep } from "./fixtureSweep.ts";
import { fixtureSweeps } from "./fixtureSweeps.ts";
import { fixtureDeletion, fixtureExtension } from "./fixtureVerbs.ts";

/** Options of {@link createFixtureApi}. */
export interface FixtureApiOptions {
  /** Serve no sweep at all. */
  empty: boolean;
}

/** Answers a request when it is one for the API, and says whether it did. */
export type FixtureApi = (request: IncomingMessage, response: ServerResponse) => boolean;

/** The HTTP API over fixtures. */
export function createFixtureApi({ empty }: FixtureApiOptions): FixtureApi {
  const startedMs = Date.now();
  const sweeps = () => (empty ? [] : fixtureSweeps(Date.now(), startedMs));
  return (request, response) => {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://fixture");
    if (!pathname.startsWith("/api/")) return false;
    const [, , , collection, id, part] = pathname.split("/");
    if (collection === "trials") sendTrial(response, sweeps(), id ?? "");
    else if (id === undefined) sendSweeps(response, sweeps());
    else if (part === "events") streamEvents(request, response, { id, after: searchParams.get("after"), sweeps });
    else sendSweepPart(response, { id, part, sweeps: sweeps() });
    return true;
  };
}

function sendJson(response: ServerResponse, body: unknown, status = 200): void {
  const type = status < 400 ? "application/json" : "application/problem+json";
  response.writeHead(status, { "content-type": type }).end(JSON.stringify(body));
}

function sendNotFound(response: ServerResponse, what: string): void {
  const problem: Problem = {
    type: "https://smoothsweep.dev/problems/not_found",
    title: "There is no such thing",
    status: 404,
    detail: `there is no ${what}`,
    code: "not_found",
    requestId: "req_fixture",
  };
  sendJson(response, problem, 404);
}

function sendSweeps(response: ServerResponse, sweeps: FixtureSweep[]): void {
  const items = sweeps.map((sweep) => sweep.detailAt(Date.now()));
  sendJson(response, sweepListSchema.parse({ items, nextCursor: null }));
}

function sendTrial(response: ServerResponse, sweeps: FixtureSweep[], trialId: string): void {
  const trial = sweeps.map((sweep) => sweep.trialDetailAt(trialId, Date.now())).find((found) => found !== undefined);
  if (trial === undefined) sendNotFound(response, `trial ${trialId}`);
  else sendJson(response, trialDetailSchema.parse(trial));
}

interface SweepPartRequest {
  id: string;
  part: string | undefined;
  sweeps: FixtureSweep[];
}

function sendSweepPart(response: ServerResponse, { id, part, sweeps }: SweepPartRequest): void {
  const sweep = sweeps.find((candidate) => candidate.options.id === id);
  const now = Date.now();
  if (sweep === undefined) sendNotFound(response, `sweep ${id}`);
  else if (part === undefined) sendJson(response, sweepDetailSchema.parse(sweep.detailAt(now)));
  else if (part === "deletion") sendJson(response, fixtureDeletion(sweep.detailAt(now)));
  else if (part === "extension") sendJson(response, fixtureExtension);
  else if (part === "cells") sendJson(response, cellListSchema.parse({ items: sweep.cellsAt(now), nextCursor: null }));
  else sendJson(response, trialListSchema.parse({ items: sweep.trialsAt(now), nextCursor: null }));
}

interface EventsRequest {
  id: string;
  after: string | null;
  sweeps: () => FixtureSweep[];
}

/** Server-sent events; the connection is cut every 20 s, so that reconnecting is seen to work. */
function streamEvents(request: IncomingMessage, response: ServerResponse, { id, after, sweeps }: EventsRequest): void {
  const sweep = sweeps().find((candidate) => candidate.options.id === id);
  if (sweep === undefined) {
    sendNotFound(response, `sweep ${id}`);
    return;
  }
  let lastId = Number(request.headers["last-event-id"] ?? after ?? 0);
  response.writeHead(200, { "content-type": "text/event-stream", "cache-control": "no-store" });
  response.write("retry: 500\n\n");
  const timer = setInterval(() => {
    for (const event of sweep.events.slice(lastId, sweep.lastEventIdAt(Date.now()))) {
      lastId = event.id;
      response.write(`id: ${event.id}\nevent: ${event.type}\ndata: ${JSON.stringify(event)}\n\n`);
      if (event.type === "sweep.ended") response.end();
    }
  }, 100);
  const cut = setTimeout(() => response.end(), 20_000);
  response.on("close", () => {
    clearInterval(timer);
    clearTimeout(cut);
  });
}
