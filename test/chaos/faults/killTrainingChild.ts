import { trainingChildOf } from "../stack/processes.ts";
import { waitUntil } from "../stack/waitUntil.ts";
import { bothQueues, type Fault } from "./fault.ts";

/** A worker that was just started anew proves its engine first, and may have to be started again. */
const CHILD_THERE_MS = 60_000;

/** A training process crashes in native code, or is killed for memory; its worker lives. */
export const killTrainingChild: Fault = {
  kind: "child.kill",
  queues: bothQueues,
  draw: (random, { workers }) => {
    const worker = random.integer(1, workers);
    return {
      text: `SIGKILL the training child of worker ${worker}`,
      resource: `worker-${worker}`,
      workers: [worker],
      strike: async ({ workers, mark }) => {
        const isKilled = () => {
          const child = trainingChildOf(workers[worker - 1]?.pid() ?? 0, mark);
          return child !== undefined && process.kill(child, "SIGKILL");
        };
        if (!(await waitUntil(isKilled, CHILD_THERE_MS))) throw new Error(`worker ${worker} has no training child`);
      },
    };
  },
};
