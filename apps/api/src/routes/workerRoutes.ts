import type { WorkerRegistry } from "@smoothsweep/sweeps";
import type { Handler } from "../http/handler.ts";

/** How long workers that have ended are shown. */
const SHOWN_MS = 3_600_000;

export function listWorkers(registry: WorkerRegistry): Handler<"listWorkers"> {
  return async () => ({ body: { items: await registry.list(SHOWN_MS) } });
}

export function drainWorker(registry: WorkerRegistry): Handler<"drainWorker"> {
  return async ({ params }) => {
    const workerId = params["workerId"] as string;
    await registry.drain(workerId, "it was told to through the API");
    return { body: { draining: workerId } };
  };
}
