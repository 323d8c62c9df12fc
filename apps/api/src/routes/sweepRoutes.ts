import {
  canonicalJson,
  type DatasetStore,
  mergeNotes,
  type PredictionStore,
  parseSweepSpec,
  planSubmission,
  type SlicedPlanningTools,
  type SubmissionAnswer,
  type SubmissionOptions,
  specHashOf,
  summariseCells,
  type TrialStore,
} from "@smoothsweep/sweeps";
import type { Handler, RouteReply } from "../http/handler.ts";

export interface SweepDependencies {
  store: TrialStore;
  datasets: DatasetStore;
  predictions: PredictionStore;
  tools: SlicedPlanningTools;
}

/**
 * Validates, plans and stores a sweep, or answers with the same one that is there; its tokens are on their way when this
 * answers.
 */
export function submitSweep({ store, datasets, predictions, tools }: SweepDependencies): Handler<"submitSweep"> {
  return async ({ body, query: { ifSame }, idempotencyKey }) => {
    const spec = parseSweepSpec(body, datasets.catalogue());
    const options: SubmissionOptions = {
      ifSame,
      idempotency:
        idempotencyKey === undefined
          ? undefined
          : { key: idempotencyKey, requestHash: tools.hash(canonicalJson([body, ifSame])) },
    };
    const earlier = await store.findSubmission(specHashOf(spec, tools), options);
    if (earlier !== undefined) return reply(earlier);
    const sweep = await planSubmission(spec, await datasets.describe(spec.data), { ...tools, predictions });
    return reply(await store.createSweep(sweep, { ...options, notes: mergeNotes(sweep) }));
  };
}

function reply({ isReplay, ...answer }: SubmissionAnswer): RouteReply<Omit<SubmissionAnswer, "isReplay">> {
  return {
    body: answer,
    status: answer.joined ? 200 : 201,
    headers: {
      Location: `/api/v1/sweeps/${answer.id}`,
      ...(isReplay && { "Idempotency-Replayed": "true" }),
    },
  };
}

export function listSweeps({ store }: SweepDependencies): Handler<"listSweeps"> {
  return async ({ query }) => ({ body: await store.listSweeps(query) });
}

export function getSweep({ store }: SweepDependencies): Handler<"getSweep"> {
  return async ({ params }) => ({ body: await store.getSweep(params["sweepId"] as string) });
}

export function listCells({ store }: SweepDependencies): Handler<"listCells"> {
  return async ({ params, query }) => {
    const { items, nextCursor } = await store.listCellTrials(params["sweepId"] as string, query);
    return { body: { items: summariseCells(items), nextCursor } };
  };
}
