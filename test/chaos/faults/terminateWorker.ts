import { bothQueues, type Fault } from "./fault.ts";

/** A worker is told to end: a deployment, a smaller cluster. It hands back what it cannot finish. */
export const terminateWorker: Fault = {
  kind: "worker.terminate",
  queues: bothQueues,
  draw: (random, { workers }) => {
    const worker = random.integer(1, workers);
    return {
      text: `SIGTERM worker ${worker}`,
      resource: `worker-${worker}`,
      workers: [worker],
      strike: async (stack) => {
        const service = stack.workers[worker - 1];
        await service?.ready();
        service?.kill("SIGTERM");
      },
    };
  },
};
