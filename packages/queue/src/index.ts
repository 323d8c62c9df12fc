export { openQueue } from "./openQueue.ts";
export { createPostgresQueue, type PostgresQueueOptions } from "./postgres/createPostgresQueue.ts";
export { createRedisQueue, type RedisQueueOptions } from "./redis/createRedisQueue.ts";
