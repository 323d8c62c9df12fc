import { type Route, type RouteName, routes } from "@smoothsweep/contracts";
import type { RequestHandler, Response } from "express";
import type { z } from "zod";
import { parseBody } from "./parseBody.ts";
import { parseQuery } from "./parseQuery.ts";
import { readIdempotencyKey } from "./readIdempotencyKey.ts";
import { readParams } from "./readParams.ts";

/** A request as handlers see it: nothing of Express. */
export interface RouteRequest<TQuery> {
  params: Record<string, string>;
  query: TQuery;
  /** The header `Idempotency-Key`. */
  idempotencyKey?: string | undefined;
  /** Parsed, not yet validated: validation of a sweep names all mistakes at once. */
  body: unknown;
}

type QueryOf<R extends Route> = R["query"] extends z.ZodObject ? z.output<R["query"]> : Record<string, never>;
type ResponseOf<R extends Route> = R["response"] extends z.ZodType ? z.input<R["response"]> : unknown;

export interface RouteReply<TBody> {
  body: TBody;
  status?: number;
  headers?: Record<string, string>;
}

/** Handles one route of the table; its answer is checked against the route's response schema. */
export type Handler<N extends RouteName> = (
  request: RouteRequest<QueryOf<(typeof routes)[N]>>,
) => Promise<RouteReply<ResponseOf<(typeof routes)[N]>>>;

/** An Express handler out of ours: query and body are read, the answer is validated and sent. */
export function toExpress<N extends RouteName>(name: N, handler: Handler<N>): RequestHandler {
  const route: Route = routes[name];
  return async (request, response) => {
    const params = readParams(request);
    const query = parseQuery(route, request.query) as QueryOf<(typeof routes)[N]>;
    const body = route.body === undefined ? undefined : parseBody(request.body, request.headers["content-type"]);
    const idempotencyKey = readIdempotencyKey(request);
    const reply = await handler({ params, query, body, idempotencyKey });
    send(route, response, reply);
  };
}

function send(route: Route, response: Response, reply: RouteReply<unknown>): void {
  const body = route.response === undefined ? reply.body : route.response.parse(reply.body);
  response
    .status(reply.status ?? route.status)
    .set(reply.headers ?? {})
    .json(body);
}
