import type { Fault } from "./fault.ts";

/** The queue forgets everything. */
export const flushRedis: Fault = {
  kind: "redis.flush",
  queues: ["redis"],
  draw: () => ({
    text: "FLUSHALL",
    resource: "redis",
    workers: [],
    strike: async (stack) => void (await stack.redis?.command("FLUSHALL")),
  }),
};
