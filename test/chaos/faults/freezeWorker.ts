import { setTimeout as delay } from "node:timers/promises";
import { bothQueues, type Fault } from "./fault.ts";

/** Longer than a lease and the reconciler's round: when it wakes, its trials belong to others. */
const FROZEN_MS = { low: 8_500, high: 10_500 };

/** A worker stops for longer than its lease and goes on as if nothing had been: a zombie that must be fenced. */
export const freezeWorker: Fault = {
  kind: "worker.freeze",
  queues: bothQueues,
  draw: (random, { workers }) => {
    const worker = random.integer(1, workers);
    const frozenMs = random.integer(FROZEN_MS.low, FROZEN_MS.high);
    return {
      text: `SIGSTOP worker ${worker}, SIGCONT after ${frozenMs} ms`,
      resource: `worker-${worker}`,
      workers: [worker],
      strike: async (stack) => {
        const service = stack.workers[worker - 1];
        await service?.ready();
        service?.kill("SIGSTOP");
        await delay(frozenMs);
        service?.kill("SIGCONT");
      },
    };
  },
};
