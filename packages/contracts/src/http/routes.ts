import { z } from "zod";
import { trialStateSchema } from "../states.ts";
import { sweepSpecSchema } from "../sweepSpec/sweepSpec.ts";
import {
  exportContents,
  exportDocumentSchema,
  exportFormats,
  exportMediaTypes,
  exportRowSchemas,
} from "./exportResources.ts";
import {
  cellListSchema,
  deletedSweepSchema,
  deletionPreviewSchema,
  drainedWorkerSchema,
  extensionAnswerSchema,
  extensionPreviewSchema,
  extensionRequestSchema,
  healthSchema,
  submittedSweepSchema,
  sweepDetailSchema,
  sweepListSchema,
  trialDetailSchema,
  trialListSchema,
  verbAnswerSchema,
  workerListSchema,
} from "./sweepResources.ts";

/** One row of the route table: the server, the typed client and the OpenAPI document are made from it. */
export interface Route {
  method: "get" | "post" | "delete";
  /** OpenAPI style: `/api/v1/sweeps/{sweepId}`. */
  path: string;
  summary: string;
  tag: "sweeps" | "trials" | "workers" | "service";
  /** Request headers beside those of HTTP itself. */
  headers?: z.ZodObject;
  query?: z.ZodObject;
  /** Request body, as JSON or as YAML. It documents; the handler validates and reports every mistake at once. */
  body?: z.ZodType;
  status: 200 | 201;
  /** Absent for streams and documents. */
  response?: z.ZodType;
  /** Media types of an answer that is no JSON of the response, each with the form of the body, or of a line of it. */
  produces?: Readonly<Record<string, z.ZodType | undefined>>;
}

const noCursor = { error: "must be the nextCursor of an earlier page" };
const cursor = z.string(noCursor).max(200, noCursor).optional();

/** A verb of a sweep that needs nothing but its name; it is idempotent. */
function verbRoute<V extends string>(verb: V, summary: string) {
  return {
    method: "post",
    path: `/api/v1/sweeps/{sweepId}/${verb}`,
    summary,
    tag: "sweeps",
    status: 200,
    response: verbAnswerSchema,
  } as const;
}

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
    summary:
      "Submit a sweep (201), or join the same one that is there already (200); an idempotency key repeats an answer",
    tag: "sweeps",
    headers: z.strictObject({ "Idempotency-Key": z.string().min(1).max(200).optional() }),
    query: z.strictObject({ ifSame: z.enum(["join", "duplicate", "refuse"]).default("join") }),
    body: sweepSpecSchema,
    status: 201,
    response: submittedSweepSchema,
  },
  listSweeps: {
    method: "get",
    path: "/api/v1/sweeps",
    summary: "Sweeps, newest first",
    tag: "sweeps",
    query: z.strictObject({ limit, cursor, archived: z.enum(["no", "only", "all"]).default("no") }),
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
  pauseSweep: verbRoute("pause", "Start no further trial; running ones finish"),
  resumeSweep: verbRoute("resume", "Go on after a pause"),
  stopSweep: verbRoute("stop", "Let running trials finish, then end"),
  cancelSweep: verbRoute("cancel", "End now: running trials are aborted"),
  retrySweep: verbRoute("retry", "Take up failed and cancelled trials again"),
  archiveSweep: verbRoute("archive", "Hide an ended sweep from the list"),
  unarchiveSweep: verbRoute("unarchive", "Show an archived sweep again"),
  extendSweep: {
    method: "post",
    path: "/api/v1/sweeps/{sweepId}/extend",
    summary: "Add seeds, or values of axes that the sweep has; results are kept",
    tag: "sweeps",
    body: extensionRequestSchema,
    status: 200,
    response: extensionAnswerSchema,
  },
  previewExtension: {
    method: "post",
    path: "/api/v1/sweeps/{sweepId}/extension",
    summary: "What extending the sweep would add, or why it is refused; changes nothing",
    tag: "sweeps",
    body: extensionRequestSchema,
    status: 200,
    response: extensionPreviewSchema,
  },
  previewDeletion: {
    method: "get",
    path: "/api/v1/sweeps/{sweepId}/deletion",
    summary: "What deleting the sweep would remove, and the token that confirms it",
    tag: "sweeps",
    status: 200,
    response: deletionPreviewSchema,
  },
  deleteSweep: {
    method: "delete",
    path: "/api/v1/sweeps/{sweepId}",
    summary: "Delete an ended sweep with all that belongs to it; `confirm` is the token of the preview",
    tag: "sweeps",
    query: z.strictObject({ confirm: z.string().max(100).default("") }),
    status: 200,
    response: deletedSweepSchema,
  },
  listWorkers: {
    method: "get",
    path: "/api/v1/workers",
    summary: "Workers that run or ended within the last hour",
    tag: "workers",
    status: 200,
    response: workerListSchema,
  },
  drainWorker: {
    method: "post",
    path: "/api/v1/workers/{workerId}/drain",
    summary: "Tell a worker to take no new work, finish or hand back what it has, and end",
    tag: "workers",
    status: 200,
    response: drainedWorkerSchema,
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
    summary: "Cells of a sweep in the order of their first trials: metrics over seeds with 95 % intervals",
    tag: "sweeps",
    query: z.strictObject({ limit, cursor }),
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
    produces: { "text/event-stream": undefined },
  },
  exportSweep: {
    method: "get",
    path: "/api/v1/sweeps/{sweepId}/export",
    summary: "A sweep as it is now, whole, one row a trial, cell or epoch; an answer that breaks off is cut off",
    tag: "sweeps",
    query: z.strictObject({
      what: z.enum(exportContents).default("trials"),
      format: z.enum(exportFormats).default("csv"),
    }),
    status: 200,
    produces: {
      [exportMediaTypes.csv]: z.string(),
      [exportMediaTypes.ndjson]: z.union(Object.values(exportRowSchemas)),
      [exportMediaTypes.json]: exportDocumentSchema,
    },
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
