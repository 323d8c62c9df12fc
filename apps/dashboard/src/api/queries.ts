import { type Cell, isTerminalSweepState, isTerminalTrialState, type Trial } from "@smoothsweep/contracts";
import { keepPreviousData, useInfiniteQuery, useQuery } from "@tanstack/react-query";
import { useApi } from "./ApiContext.ts";
import { queryKeys } from "./queryKeys.ts";

/** The most trials one page draws. */
export const TRIALS_SHOWN_MAX = 3000;
/** The most cells one page draws. */
export const CELLS_SHOWN_MAX = 3000;

/** Asks again every few seconds while the last answer was an error. */
function retryUntilAnswered({ state }: { state: { error: unknown } }): number | false {
  return state.error === null ? false : 3000;
}

/**
 * Sweeps, newest first, either those that are archived or the others; asked for again every other second while one runs
 * or the API does not answer.
 */
export function useSweepList({ isArchived }: { isArchived: boolean }) {
  const api = useApi();
  const archived = isArchived ? "only" : "no";
  return useInfiniteQuery({
    queryKey: [...queryKeys.sweepList, archived],
    queryFn: ({ pageParam, signal }) => api.listSweeps({ cursor: pageParam, archived, signal }),
    initialPageParam: undefined as string | undefined,
    getNextPageParam: (page) => page.nextCursor ?? undefined,
    refetchInterval: ({ state }) => {
      const isRunning = state.data?.pages.some((page) => page.items.some((sweep) => sweep.state === "running"));
      return isRunning || state.error !== null ? 2000 : 10_000;
    },
  });
}

/** One sweep. Its events keep it fresh; the slow refetch is a net under them. */
export function useSweepDetail(sweepId: string) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.sweepDetail(sweepId),
    queryFn: ({ signal }) => api.getSweep(sweepId, { signal }),
    refetchInterval: ({ state }) => {
      if (state.error !== null) return 3000;
      return state.data !== undefined && isTerminalSweepState(state.data.state) ? false : 15_000;
    },
  });
}

/** The cells of a sweep, as many as a page draws. */
export function useSweepCells(sweepId: string) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.sweepCells(sweepId),
    queryFn: async ({ signal }) => {
      const cells: Cell[] = [];
      for await (const cell of api.iterateCells(sweepId, { limit: 1000, signal })) {
        if (cells.push(cell) === CELLS_SHOWN_MAX) break;
      }
      return cells;
    },
    refetchInterval: retryUntilAnswered,
  });
}

/** The trials of a sweep, as many as a page draws. */
export function useSweepTrials(sweepId: string) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.sweepTrials(sweepId),
    queryFn: async ({ signal }) => {
      const trials: Trial[] = [];
      for await (const trial of api.iterateTrials(sweepId, { limit: 1000, signal })) {
        if (trials.push(trial) === TRIALS_SHOWN_MAX) break;
      }
      return trials;
    },
    refetchInterval: retryUntilAnswered,
  });
}

/** One trial with its reports; the last one stays while the next is fetched. */
export function useTrial(trialId: string) {
  const api = useApi();
  return useQuery({
    queryKey: queryKeys.trial(trialId),
    queryFn: ({ signal }) => api.getTrial(trialId, { signal }),
    placeholderData: keepPreviousData,
    refetchInterval: ({ state }) =>
      state.data !== undefined && isTerminalTrialState(state.data.state) ? false : 10_000,
  });
}
