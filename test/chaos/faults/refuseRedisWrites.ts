import { setTimeout as delay } from "node:timers/promises";
import type { Fault } from "./fault.ts";

/** Settings that make Redis refuse writes, and what takes that back. */
const refusals = [
  { setting: "maxmemory", refusing: "1", usual: "0" },
  { setting: "min-replicas-to-write", refusing: "1", usual: "0" },
] as const;

/** Redis answers but takes no writes: its memory is full, or its replicas are gone. */
export const refuseRedisWrites: Fault = {
  kind: "redis.refuse",
  queues: ["redis"],
  draw: (random) => {
    const { setting, refusing, usual } = random.pick(refusals);
    const refusesMs = random.integer(1_000, 5_000);
    return {
      text: `Redis refuses writes (${setting} ${refusing}) for ${refusesMs} ms`,
      resource: "redis",
      workers: [],
      strike: async (stack) => {
        await stack.redis?.command("CONFIG", "SET", setting, refusing);
        await delay(refusesMs);
        await stack.redis?.command("CONFIG", "SET", setting, usual);
      },
    };
  },
};
