import { engineChoiceSchema } from "@smoothsweep/contracts";
import { durationMsField, type Environment, loadConfig, logLevels, productVariables } from "@smoothsweep/runtime";
import { z } from "zod";

const workerConfigSchema = z.object({
  databaseUrl: z.string({ error: "must be the address of a PostgreSQL database" }).min(1),
  redisUrl: z.string().optional(),
  engine: engineChoiceSchema,
  datasetsDirectory: z.string().optional(),
  logLevel: z.enum(logLevels),
  /** A worker that does not renew for so long loses its trials. */
  lease: durationMsField({ minMs: 500 }),
  /** A training child that says nothing for so long is killed. */
  progressDeadline: durationMsField({ minMs: 1000 }),
});

export type WorkerConfig = z.infer<typeof workerConfigSchema>;

/** The worker's settings from the environment. @throws AppError `invalid_config` */
export function readWorkerConfig(env: Environment): WorkerConfig {
  return loadConfig(workerConfigSchema, {
    env,
    variables: { databaseUrl: "DATABASE_URL", redisUrl: "REDIS_URL", engine: "ENGINE" },
    foreignVariables: productVariables,
    defaults: { engine: "auto", logLevel: "info", lease: "6s", progressDeadline: "60s" },
  });
}
