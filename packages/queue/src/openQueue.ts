import type { Logger } from "@smoothsweep/runtime";
import type { TrialQueue } from "@smoothsweep/sweeps";
import { createPostgresQueue } from "./postgres/createPostgresQueue.ts";
import { createRedisQueue } from "./redis/createRedisQueue.ts";

/** Redis when its address is given, else the database itself. */
export function openQueue(options: { redisUrl: string | undefined; databaseUrl: string; logger: Logger }): TrialQueue {
  const { redisUrl, databaseUrl, logger } = options;
  return redisUrl === undefined
    ? createPostgresQueue({ url: databaseUrl, logger })
    : createRedisQueue({ url: redisUrl, logger });
}
