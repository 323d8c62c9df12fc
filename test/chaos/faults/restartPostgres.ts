import type { PostgresStop } from "../stack/postgresServer.ts";
import { bothQueues, type Fault } from "./fault.ts";

/** PostgreSQL ends every session and stops, by the book or at once, and comes back. */
function restartPostgres(how: PostgresStop): Fault {
  return {
    kind: `postgres.${how}`,
    queues: bothQueues,
    draw: (random, { workers }) => {
      const downMs = random.integer(0, 3_000);
      return {
        text: `PostgreSQL stops (${how}) and starts again after ${downMs} ms`,
        resource: "postgres",
        workers: Array.from({ length: workers }, (_, index) => index + 1),
        strike: (stack) => stack.postgres.restart(how, downMs),
      };
    },
  };
}

export const restartPostgresFast = restartPostgres("fast");
export const restartPostgresImmediate = restartPostgres("immediate");
