import { writeFileSync } from "node:fs";
import { setTimeout as delay } from "node:timers/promises";
import { bothQueues, type Fault } from "./fault.ts";

const MINUTE_MS = 60_000;
const jumpsMs = [-24 * 60 * MINUTE_MS, -5 * MINUTE_MS, 5 * MINUTE_MS, 24 * 60 * MINUTE_MS];

/** A worker's clock jumps, and later back: `preload/clockJump.mjs` shifts its `Date`; its timers are not concerned. */
export const jumpClock: Fault = {
  kind: "clock.jump",
  queues: bothQueues,
  draw: (random, { workers }) => {
    const worker = random.integer(1, workers);
    const jumpMs = random.pick(jumpsMs);
    const lastsMs = random.integer(2_000, 8_000);
    return {
      text: `the clock of worker ${worker} jumps by ${jumpMs / MINUTE_MS} min for ${lastsMs} ms`,
      resource: `worker-${worker}`,
      workers: [worker],
      strike: async (stack) => {
        const service = stack.workers[worker - 1];
        await service?.ready();
        const setClock = (offsetMs: number) => {
          writeFileSync(stack.clockFile(worker), `${offsetMs}`);
          service?.kill("SIGUSR2");
        };
        setClock(jumpMs);
        await delay(lastsMs);
        setClock(0);
      },
    };
  },
};
