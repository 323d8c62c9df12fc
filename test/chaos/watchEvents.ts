import { createClient } from "@smoothsweep/client";

/** The API says something at least every 15 s: a stream that is silent for longer is dead. */
const IDLE_MS = 20_000;

/** A client that has listened to a sweep from its beginning, whatever became of its connections. */
export interface Watch {
  readonly sweepId: string;
  /** Ids of the events in the order in which it was told of them. */
  readonly ids: readonly number[];
  /** Whether it has been told of the end, or why it will never be; undefined while it listens. */
  outcome(): "ended" | { error: unknown } | undefined;
  stop(): void;
}

/** @param url Address of the API. */
export function watchEvents(url: string, sweepId: string): Watch {
  const stopping = new AbortController();
  const ids: number[] = [];
  let outcome: ReturnType<Watch["outcome"]>;
  const listen = async () => {
    const events = createClient({ baseUrl: url }).watchSweep(sweepId, { signal: stopping.signal, idleMsMax: IDLE_MS });
    for await (const { id } of events) ids.push(id);
  };
  listen().then(
    () => {
      outcome = "ended";
    },
    (error: unknown) => {
      outcome = { error };
    },
  );
  return { sweepId, ids, outcome: () => outcome, stop: () => stopping.abort() };
}
