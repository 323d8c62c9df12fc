import { setTimeout as delay } from "node:timers/promises";
import { bothQueues, type Fault } from "./fault.ts";

/** No room for predictions. */
export const fillDisk: Fault = {
  kind: "disk.full",
  queues: bothQueues,
  draw: (random, { workers }) => {
    const fullMs = random.integer(500, 6_000);
    return {
      text: `the disk of the predictions is full for ${fullMs} ms`,
      resource: "disk",
      workers: Array.from({ length: workers }, (_, index) => index + 1),
      strike: async ({ disk }) => {
        await disk.fill();
        await delay(fullMs);
        await disk.free();
      },
    };
  },
};
