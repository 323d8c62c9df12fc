import { bothQueues, type Fault } from "./fault.ts";

/** A worker vanishes: its machine lost power, or the system killed it for memory. */
export const killWorker: Fault = {
  kind: "worker.kill",
  queues: bothQueues,
  draw: (random, { workers }) => {
    const worker = random.integer(1, workers);
    return {
      text: `SIGKILL worker ${worker}`,
      resource: `worker-${worker}`,
      workers: [worker],
      strike: async (stack) => stack.workers[worker - 1]?.kill("SIGKILL"),
    };
  },
};
