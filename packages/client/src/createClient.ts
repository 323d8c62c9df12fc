import type {
  Cell,
  CellList,
  DeletionAnswer,
  ExportContent,
  ExportFormat,
  ExtensionAnswer,
  ExtensionPreviewAnswer,
  ExtensionRequest,
  Health,
  RouteName,
  SubmittedSweep,
  SweepDetail,
  SweepEvent,
  SweepList,
  SweepSpecInput,
  SweepSummary,
  SweepVerb,
  Trial,
  TrialDetail,
  TrialList,
  TrialState,
  VerbAnswer,
  WorkerList,
} from "@smoothsweep/contracts";
import { type WatchSweepOptions, watchSweep } from "./events/watchSweep.ts";
import { exportSweep } from "./export/exportSweep.ts";
import { type Connection, type ConnectionOptions, createConnection } from "./http/connection.ts";
import { iteratePages } from "./http/iteratePages.ts";
import { openResponse, requestJson } from "./http/sendRequest.ts";

/** Options of every request. */
export interface CallOptions {
  signal?: AbortSignal | undefined;
}

/** Options of a request for one page. */
export interface PageOptions extends CallOptions {
  /** Items a page: 100 (default), at most 1,000. */
  limit?: number | undefined;
  /** `nextCursor` of the page before. */
  cursor?: string | undefined;
}

/** Options of a request for sweeps. */
export interface SweepPageOptions extends PageOptions {
  /** Whether archived sweeps are listed: no (default), only they, or all. */
  archived?: "no" | "only" | "all" | undefined;
}

/** Options of a submission. */
export interface SubmitOptions extends CallOptions {
  /** When the same specification is there already: join it (default), make another sweep, or refuse. */
  ifSame?: "join" | "duplicate" | "refuse" | undefined;
  /** Sent again with the same request, the key gets the same answer: safe to repeat after a lost connection. */
  idempotencyKey?: string | undefined;
}

/** Options of an export. */
export interface ExportOptions extends CallOptions {
  /** What a row is: a trial (default), a cell, or an epoch of a trial. */
  what?: ExportContent | undefined;
  /** `csv` (default), `ndjson`: one object a line, or `json`: one document. */
  format?: ExportFormat | undefined;
}

/** Verbs that need nothing but the sweep. */
export type PlainVerb = Exclude<SweepVerb, "extend" | "delete">;

/** Options of a request for trials. */
export interface TrialPageOptions extends PageOptions {
  state?: TrialState | undefined;
}

/**
 * The HTTP API, one method a route. Answers are validated against the contracts.
 * Every method throws {@link ApiProblemError} when the API answers with an error, and `AppError` with the code
 * `api_unreachable` when nothing answers.
 */
export interface Client {
  /** Submits a sweep: an object, or a text in YAML or JSON as the user wrote it, so that mistakes keep their paths. */
  submitSweep(spec: SweepSpecInput | string, options?: SubmitOptions): Promise<SubmittedSweep>;
  /** One page of sweeps, newest first. */
  listSweeps(options?: SweepPageOptions): Promise<SweepList>;
  /** Every sweep, newest first. */
  iterateSweeps(options?: Omit<SweepPageOptions, "cursor">): AsyncGenerator<SweepSummary, void, undefined>;
  getSweep(sweepId: string, options?: CallOptions): Promise<SweepDetail>;
  /** Pauses, resumes, stops, cancels, retries, archives or unarchives a sweep. Repeating it changes nothing. */
  changeSweep(sweepId: string, verb: PlainVerb, options?: CallOptions): Promise<VerbAnswer>;
  /** Adds seeds, or values of axes that the sweep has. */
  extendSweep(sweepId: string, extension: ExtensionRequest, options?: CallOptions): Promise<ExtensionAnswer>;
  /** What extending a sweep would add; refused as the extension would be, and changes nothing. */
  previewExtension(
    sweepId: string,
    extension: ExtensionRequest,
    options?: CallOptions,
  ): Promise<ExtensionPreviewAnswer>;
  /** What deleting a sweep would remove, and the token that confirms it. */
  previewDeletion(sweepId: string, options?: CallOptions): Promise<DeletionAnswer>;
  /** Deletes an ended sweep. @param confirm The preview's `confirm`. */
  deleteSweep(sweepId: string, confirm: string, options?: CallOptions): Promise<void>;
  /** Workers that run or ended within the last hour. */
  listWorkers(options?: CallOptions): Promise<WorkerList>;
  /** Tells a worker to end after the work it has. */
  drainWorker(workerId: string, options?: CallOptions): Promise<void>;
  /** One page of a sweep's trials, in the order of their cells. */
  listTrials(sweepId: string, options?: TrialPageOptions): Promise<TrialList>;
  /** Every trial of a sweep, in the order of their cells. */
  iterateTrials(sweepId: string, options?: Omit<TrialPageOptions, "cursor">): AsyncGenerator<Trial, void, undefined>;
  /** One page of a sweep's cells with their metrics over seeds, in the order of their first trials. */
  listCells(sweepId: string, options?: PageOptions): Promise<CellList>;
  /** Every cell of a sweep. */
  iterateCells(sweepId: string, options?: Omit<PageOptions, "cursor">): AsyncGenerator<Cell, void, undefined>;
  /** One trial with its report of every epoch. */
  getTrial(trialId: string, options?: CallOptions): Promise<TrialDetail>;
  /** Whether the API and what it needs answer. */
  getHealth(options?: CallOptions): Promise<Health>;
  /** The OpenAPI document. */
  getOpenApi(options?: CallOptions): Promise<unknown>;
  /**
   * The bytes of an export, as they come. Read to its end it is whole; else the iteration throws.
   * @throws AppError `export_broken` when it broke off
   */
  exportSweep(sweepId: string, options?: ExportOptions): AsyncGenerator<Uint8Array, void, undefined>;
  /** Events of a sweep, each exactly once, across reconnections, until it ended. */
  watchSweep(sweepId: string, options?: WatchSweepOptions): AsyncGenerator<SweepEvent, void, undefined>;
}

/**
 * Makes a client of the API. Opens no connection by itself.
 *
 * @example
 * ```ts
 * const client = createClient({ baseUrl: "http://127.0.0.1:4600" });
 * const { id } = await client.submitSweep(await readFile("sweep.yaml", "utf8"));
 * for await (const event of client.watchSweep(id)) print(event.type);
 * for await (const cell of client.iterateCells(id)) print(cell.values, cell.metrics?.accuracy.mean);
 * ```
 */
export function createClient(options: ConnectionOptions = {}): Client {
  const connection = createConnection(options);
  return {
    ...sweepMethods(connection),
    ...verbMethods(connection),
    ...workerMethods(connection),
    ...trialMethods(connection),
    getHealth: (call) => requestJson(connection, "getHealth", { signal: call?.signal }),
    getOpenApi: async (call) => (await openResponse(connection, "getOpenApi", { signal: call?.signal })).json(),
  };
}

function sweepMethods(connection: Connection) {
  const listSweeps: Client["listSweeps"] = ({ limit, cursor, archived, signal } = {}) =>
    requestJson(connection, "listSweeps", { query: { limit, cursor, archived }, signal });
  const listCells: Client["listCells"] = (sweepId, { limit, cursor, signal } = {}) =>
    requestJson(connection, "listCells", { params: { sweepId }, query: { limit, cursor }, signal });
  return {
    submitSweep: (spec, { ifSame, idempotencyKey, signal } = {}) =>
      requestJson(connection, "submitSweep", {
        body: specBody(spec),
        query: { ifSame },
        ...(idempotencyKey !== undefined && { headers: { "idempotency-key": idempotencyKey } }),
        signal,
      }),
    listSweeps,
    iterateSweeps: (options) => iteratePages((cursor) => listSweeps({ ...options, cursor })),
    getSweep: (sweepId, call) => requestJson(connection, "getSweep", { params: { sweepId }, signal: call?.signal }),
    listCells,
    iterateCells: (sweepId, options) => iteratePages((cursor) => listCells(sweepId, { ...options, cursor })),
    exportSweep: (sweepId, options) => exportSweep(connection, sweepId, options),
    watchSweep: (sweepId, options) => watchSweep(connection, sweepId, options),
  } satisfies Partial<Client>;
}

const verbRoutes = {
  pause: "pauseSweep",
  resume: "resumeSweep",
  stop: "stopSweep",
  cancel: "cancelSweep",
  retry: "retrySweep",
  archive: "archiveSweep",
  unarchive: "unarchiveSweep",
} as const satisfies Record<PlainVerb, RouteName>;

function verbMethods(connection: Connection) {
  return {
    changeSweep: (sweepId, verb, call) =>
      requestJson(connection, verbRoutes[verb], { params: { sweepId }, signal: call?.signal }),
    extendSweep: (sweepId, extension, call) =>
      requestJson(connection, "extendSweep", { params: { sweepId }, body: jsonBody(extension), signal: call?.signal }),
    previewExtension: (sweepId, extension, call) =>
      requestJson(connection, "previewExtension", {
        params: { sweepId },
        body: jsonBody(extension),
        signal: call?.signal,
      }),
    previewDeletion: (sweepId, call) =>
      requestJson(connection, "previewDeletion", { params: { sweepId }, signal: call?.signal }),
    deleteSweep: async (sweepId, confirm, call) => {
      await requestJson(connection, "deleteSweep", { params: { sweepId }, query: { confirm }, signal: call?.signal });
    },
  } satisfies Partial<Client>;
}

function workerMethods(connection: Connection) {
  return {
    listWorkers: (call) => requestJson(connection, "listWorkers", { signal: call?.signal }),
    drainWorker: async (workerId, call) => {
      await requestJson(connection, "drainWorker", { params: { workerId }, signal: call?.signal });
    },
  } satisfies Partial<Client>;
}

function trialMethods(connection: Connection) {
  const listTrials: Client["listTrials"] = (sweepId, { limit, cursor, state, signal } = {}) =>
    requestJson(connection, "listTrials", { params: { sweepId }, query: { limit, cursor, state }, signal });
  return {
    listTrials,
    iterateTrials: (sweepId, options) => iteratePages((cursor) => listTrials(sweepId, { ...options, cursor })),
    getTrial: (trialId, call) => requestJson(connection, "getTrial", { params: { trialId }, signal: call?.signal }),
  } satisfies Partial<Client>;
}

/** JSON is YAML, so a text is always sent as YAML. */
function specBody(spec: SweepSpecInput | string) {
  return typeof spec === "string" ? ({ text: spec, mediaType: "application/yaml" } as const) : jsonBody(spec);
}

function jsonBody(value: object) {
  return { text: JSON.stringify(value), mediaType: "application/json" } as const;
}
