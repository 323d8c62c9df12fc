import { isTerminalSweepState, type SweepEvent } from "@smoothsweep/contracts";
import { isApiProblemError } from "../http/apiProblemError.ts";
import type { Connection } from "../http/connection.ts";
import { openResponse, requestJson } from "../http/sendRequest.ts";
import { answeredWithin } from "./answeredWithin.ts";
import { type Backoff, backoffDelay, defaultBackoff } from "./backoffDelay.ts";
import { decodeSweepEvent } from "./decodeSweepEvent.ts";
import { pause } from "./pause.ts";
import { readStreamMessages } from "./readStreamMessages.ts";

const IDLE_MS_MAX = 45_000;

/** State of the connection behind a watch. */
export type WatchState =
  | { kind: "connecting" }
  | { kind: "open" }
  /** Not connected; tries again after `delayMs`. `error` is absent when the stream merely ended. */
  | { kind: "waiting"; delayMs: number; error?: unknown };

/** Options of {@link watchSweep}. */
export interface WatchSweepOptions {
  /** Id of the last event already known; 0 (default) begins with the first. */
  after?: number;
  /** Aborting ends the iteration without an error. */
  signal?: AbortSignal;
  onStateChange?: (state: WatchState) => void;
  backoff?: Backoff;
  /** Reconnect when nothing, not even a ping or an answer, came for so long: 45 s (default). */
  idleMsMax?: number;
}

/** What a watch knows across its connections. */
interface Cursor {
  lastId: number;
  /** An id that was missing once and is given up when it is missing again. */
  missingId: number | undefined;
  ended: boolean;
  failures: number;
  backoff: Backoff;
}

/**
 * Events of a sweep in the order of their ids, each exactly once, until `sweep.ended`.
 *
 * The stream is read with `fetch`, so it works in Node and in browsers alike. When it breaks, ends early, falls silent or
 * skips an id, it is opened again after the last id that was yielded (`Last-Event-ID`), with growing delays; ids that
 * were seen are dropped. A sweep that ended before `after` ends the iteration at once.
 *
 * @throws ApiProblemError when the API refuses for good: 4xx other than 408 and 429
 */
export async function* watchSweep(
  connection: Connection,
  sweepId: string,
  options: WatchSweepOptions = {},
): AsyncGenerator<SweepEvent, void, undefined> {
  const { after = 0, signal, backoff = defaultBackoff, onStateChange = () => undefined } = options;
  const cursor: Cursor = { lastId: after, missingId: undefined, ended: false, failures: 0, backoff };
  while (!signal?.aborted) {
    onStateChange({ kind: "connecting" });
    let failure: { error?: unknown } = {};
    try {
      yield* readOnce(connection, sweepId, { cursor, options });
      if (cursor.ended || (await hasNothingLeft(connection, sweepId, { cursor, options }))) return;
    } catch (error) {
      if (signal?.aborted) return;
      if (isFinal(error)) throw error;
      failure = { error };
    }
    const delayMs = backoffDelay(cursor.failures, cursor.backoff, Math.random());
    cursor.failures += 1;
    onStateChange({ kind: "waiting", delayMs, ...failure });
    await pause(delayMs, signal);
  }
}

/** Events of one connection. It returns when the connection ended, skipped an id, or told of the sweep's end. */
async function* readOnce(
  connection: Connection,
  sweepId: string,
  { cursor, options }: { cursor: Cursor; options: WatchSweepOptions },
): AsyncGenerator<SweepEvent, void, undefined> {
  const { signal, onStateChange, idleMsMax = IDLE_MS_MAX } = options;
  const response = await answeredWithin(idleMsMax, signal, (answering) =>
    openResponse(connection, "streamEvents", {
      params: { sweepId },
      query: { after: cursor.lastId },
      headers: { "last-event-id": String(cursor.lastId) },
      accept: "text/event-stream",
      signal: answering,
    }),
  );
  // 204 is the standard's way to say that there is nothing to come back for.
  cursor.ended = response.status === 204;
  if (response.body === null) return;
  onStateChange?.({ kind: "open" });
  const onRetry = (retryMs: number): void => {
    cursor.backoff = { ...cursor.backoff, baseMs: retryMs, maxMs: Math.max(retryMs, cursor.backoff.maxMs) };
  };
  for await (const message of readStreamMessages(response.body, { idleMsMax, onRetry })) {
    const { id, event } = decodeSweepEvent(message, sweepId);
    if (id <= cursor.lastId) continue;
    if (skips(cursor, id)) return;
    cursor.lastId = id;
    cursor.failures = 0;
    cursor.ended = event?.type === "sweep.ended";
    if (event !== undefined) yield event;
    if (cursor.ended || signal?.aborted) return;
  }
}

/** Whether ids are missing before this one and it is worth asking for them again. */
function skips(cursor: Cursor, id: number): boolean {
  const expectedId = cursor.lastId + 1;
  if (id === expectedId || cursor.missingId === expectedId) return false;
  cursor.missingId = expectedId;
  return true;
}

/** After a stream that ended by itself: whether the sweep is over and all its events are known. */
async function hasNothingLeft(
  connection: Connection,
  sweepId: string,
  { cursor, options }: { cursor: Cursor; options: WatchSweepOptions },
): Promise<boolean> {
  const { signal, idleMsMax = IDLE_MS_MAX } = options;
  const sweep = await answeredWithin(idleMsMax, signal, (answering) =>
    requestJson(connection, "getSweep", { params: { sweepId }, signal: answering }),
  );
  return isTerminalSweepState(sweep.state) && sweep.lastEventId <= cursor.lastId;
}

/** Whether connecting again cannot help. */
function isFinal(error: unknown): boolean {
  if (!isApiProblemError(error)) return false;
  return error.status < 500 && error.status !== 408 && error.status !== 429;
}
