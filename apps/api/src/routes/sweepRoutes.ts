import {
  checkTeachers,
  type DatasetStore,
  mergeNotes,
  type PlanningTools,
  type PredictionStore,
  parseSweepSpec,
  planSweep,
  summariseCells,
  type TrialStore,
} from "@smoothsweep/sweeps";
import type { Handler } from "../http/handler.ts";

export interface SweepDependencies {
  store: TrialStore;
  datasets: DatasetStore;
  predictions: PredictionStore;
  tools: PlanningTools;
}

/** Validates, plans and stores a sweep; its tokens are on their way when this answers. */
export function submitSweep({ store, datasets, predictions, tools }: SweepDependencies): Handler<"submitSweep"> {
  return async ({ body }) => {
    const spec = parseSweepSpec(body, datasets.catalogue());
    const sweep = planSweep(spec, await datasets.describe(spec.data), tools);
    await checkTeachers(sweep, predictions);
    const { isReplay: _, ...answer } = await store.createSweep(sweep, {
      ifSame: "duplicate",
      notes: mergeNotes(sweep),
    });
    return {
      body: answer,
      headers: { Location: `/api/v1/sweeps/${sweep.id}` },
    };
  };
}

export function listSweeps({ store }: SweepDependencies): Handler<"listSweeps"> {
  return async ({ query }) => ({ body: await store.listSweeps(query) });
}

export function getSweep({ store }: SweepDependencies): Handler<"getSweep"> {
  return async ({ params }) => ({ body: await store.getSweep(params["sweepId"] as string) });
}

export function listCells({ store }: SweepDependencies): Handler<"listCells"> {
  return async ({ params }) => {
    const trials = await store.listCellTrials(params["sweepId"] as string);
    return { body: { items: summariseCells(trials) } };
  };
}
