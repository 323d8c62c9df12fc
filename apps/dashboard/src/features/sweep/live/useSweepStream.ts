import { isTerminalSweepState, type SweepDetail } from "@smoothsweep/contracts";
import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useApi } from "../../../api/ApiContext.ts";
import { queryKeys } from "../../../api/queryKeys.ts";
import { createSweepFeed } from "./createSweepFeed.ts";

/** Whether a sweep's page is kept up to date: `idle` when nothing will change, `broken` when the API refused. */
export type StreamStatus = "idle" | "connecting" | "live" | "reconnecting" | "broken";

/** Follows a running sweep from the moment it was read until it ends, and keeps the cache up to date. */
export function useSweepStream(sweepId: string, sweep: SweepDetail | undefined): StreamStatus {
  const api = useApi();
  const queryClient = useQueryClient();
  const [status, setStatus] = useState<StreamStatus>("idle");
  const isRunning = sweep !== undefined && !isTerminalSweepState(sweep.state);
  useEffect(() => {
    if (!isRunning) return;
    const abort = new AbortController();
    const feed = createSweepFeed(queryClient, sweepId);
    const follow = async (): Promise<void> => {
      const watch = api.watchSweep(sweepId, {
        after: lastEventId(queryClient, sweepId),
        signal: abort.signal,
        onStateChange: ({ kind }) => {
          if (kind === "open") feed.catchUp();
          setStatus(kind === "open" ? "live" : kind === "waiting" ? "reconnecting" : keep);
        },
      });
      for await (const event of watch) feed.take(event);
    };
    follow().catch(() => {
      if (!abort.signal.aborted) setStatus("broken");
    });
    return () => {
      abort.abort();
      feed.stop();
      setStatus("idle");
      // What came last may not be fetched yet.
      void queryClient.invalidateQueries({ queryKey: queryKeys.sweep(sweepId) });
    };
  }, [api, queryClient, sweepId, isRunning]);
  return status;
}

/** `connecting` is worth telling only the first time; afterwards it is part of reconnecting. */
function keep(status: StreamStatus): StreamStatus {
  return status === "idle" ? "connecting" : status;
}

function lastEventId(queryClient: QueryClient, sweepId: string): number {
  return queryClient.getQueryData<SweepDetail>(queryKeys.sweepDetail(sweepId))?.lastEventId ?? 0;
}
