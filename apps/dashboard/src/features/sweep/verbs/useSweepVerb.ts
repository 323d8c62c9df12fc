import type { PlainVerb } from "@smoothsweep/client";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../../api/ApiContext.ts";

/** Does a plain verb to a sweep; done or refused, what is shown is read anew, because the sweep may be another by now. */
export function useSweepVerb(sweepId: string) {
  const api = useApi();
  const queries = useQueryClient();
  return useMutation({
    mutationFn: (verb: PlainVerb) => api.changeSweep(sweepId, verb),
    onSettled: () => queries.invalidateQueries(),
  });
}
