import { trainingChildOf } from "../stack/processes.ts";
import { bothQueues, type Fault } from "./fault.ts";

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
      strike: async (stack) => {
        const workerPid = await stack.workers[worker - 1]?.ready();
        const child = workerPid === undefined ? undefined : trainingChildOf(workerPid, stack.mark);
        if (child !== undefined) process.kill(child, "SIGKILL");
      },
    };
  },
};
