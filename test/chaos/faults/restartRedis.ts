import type { Fault } from "./fault.ts";

/** Redis is killed, and comes back with what its append-only file has. */
export const restartRedis: Fault = {
  kind: "redis.restart",
  queues: ["redis"],
  draw: (random) => {
    const downMs = random.integer(200, 3_000);
    return {
      text: `SIGKILL redis-server, started again after ${downMs} ms`,
      resource: "redis",
      workers: [],
      strike: async (stack) => stack.redis?.restart(downMs),
    };
  },
};
