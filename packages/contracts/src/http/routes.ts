import { z } from "zod";
import { trialStateSchema } from "../states.ts";
import { sweepSpecSchema } from "../sweepSpec/sweepSpec.ts";
import {
  cellListSchema,
  healthSchema,
  submittedSweepSchema,
  sweepDetailSchema,
  sweepListSchema,
  trialDetailSchema,
  trialListSchema,
} from "./sweepResources.ts";

/** One row of the route table: the server, the typed client and the OpenAPI document are made from it. */
export interface Route {
  method: "get" | "post";
  /** OpenAPI style: `/api/v1/sweeps/{sweepId}`. */
  path: string;
  summary: string;
  tag: "sweeps" | "trials" | "service";
  query?: z.ZodObject;
  /** Request body, as JSON or as YAML. It documents; the handler validates and reports every mistake at once. */
  body?: z.ZodType;
  status: 200 | 201;
  /** Absent for streams and documents. */
  response?: z.ZodType;
  /** Media type of the answer; `application/json` unless told. */
  produces?: string;
}

const noCursor = { error: "must be the nextCursor of an earlier page" };
const cursor = z.string(noCursor).max(200, noCursor).optional();

/** The largest id that an event can have. */
const EVENT_ID_MAX = 2 ** 31 - 1;

/** A page size: 100 unless told, at most 1,000. */
const limit = wholeNumberText(1, 1000).default(100);

/** A whole number in [min, max], which a query carries as text; every rule says the same, whichever is broken. */
function wholeNumberText(min: number, max: number) {
  const rule = { error: `must be a whole number in [${min}, ${max}]` };
  return z.coerce.number(rule).int(rule).min(min, rule).max(max, rule);
}

export const routes = {
  submitSweep: {
    method: "post",
    path: "/api/v1/sweeps",
    summary: "Submit a sweep; the same specification may be submitted again and is then another sweep",
    tag: "sweeps",
    body: sweepSpecSchema,
    status: 201,
    response: submittedSweepSchema,
  },
  listSweeps: {
    method: "get",
    path: "/api/v1/sweeps",
    summary: "Sweeps, newest first",
    tag: "sweeps",
    query: z.strictObject({ limit, cursor }),
    status: 200,
    response: sweepListSchema,
  },
  getSweep: {
    method: "get",
    path: "/api/v1/sweeps/{sweepId}",
    summary: "One sweep with its specification, defaults filled in",
    tag: "sweeps",
    status: 200,
    response: sweepDetailSchema,
  },
  listTrials: {
    method: "get",
    path: "/api/v1/sweeps/{sweepId}/trials",
    summary: "Trials of a sweep in the order of their cells",
    tag: "trials",
    query: z.strictObject({ limit, cursor, state: trialStateSchema.optional() }),
    status: 200,
    response: trialListSchema,
  },
  listCells: {
    method: "get",
    path: "/api/v1/sweeps/{sweepId}/cells",
    summary: "Cells of a sweep: metrics over seeds with 95 % intervals",
    tag: "sweeps",
    status: 200,
    response: cellListSchema,
  },
  streamEvents: {
    method: "get",
    path: "/api/v1/sweeps/{sweepId}/events",
    summary: "Server-sent events of a sweep; Last-Event-ID (or ?after=) resumes without loss",
    tag: "sweeps",
    query: z.strictObject({ after: wholeNumberText(0, EVENT_ID_MAX).optional() }),
    status: 200,
    produces: "text/event-stream",
  },
  getTrial: {
    method: "get",
    path: "/api/v1/trials/{trialId}",
    summary: "One trial with its report of every epoch",
    tag: "trials",
    status: 200,
    response: trialDetailSchema,
  },
  getHealth: {
    method: "get",
    path: "/healthz",
    summary: "Whether the API and what it needs answer",
    tag: "service",
    status: 200,
    response: healthSchema,
  },
  getOpenApi: {
    method: "get",
    path: "/openapi.json",
    summary: "This document",
    tag: "service",
    status: 200,
  },
} as const satisfies Record<string, Route>;

export type RouteName = keyof typeof routes;
