import type { TrialStore } from "@smoothsweep/sweeps";
import type { Handler } from "../http/handler.ts";

export function listTrials(store: TrialStore): Handler<"listTrials"> {
  return async ({ params, query }) => ({ body: await store.listTrials(params["sweepId"] as string, query) });
}

export function getTrial(store: TrialStore): Handler<"getTrial"> {
  return async ({ params }) => ({ body: await store.getTrial(params["trialId"] as string) });
}
