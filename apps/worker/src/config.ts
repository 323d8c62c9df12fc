import { engineChoiceSchema } from "@smoothsweep/contracts";
import {
  bytesField,
  describeMachine,
  durationMsField,
  type Environment,
  loadConfig,
  logLevels,
  productVariables,
} from "@smoothsweep/runtime";
import { z } from "zod";

const MIB = 1024 ** 2;

const workerConfigSchema = z.object({
  databaseUrl: z.string({ error: "must be the address of a PostgreSQL database" }).min(1),
  redisUrl: z.string().optional(),
  engine: engineChoiceSchema,
  datasetsDirectory: z.string().optional(),
  logLevel: z.enum(logLevels),
  /** A worker that does not renew for so long loses its trials. */
  lease: durationMsField({ minMs: 500 }),
  /** A training child that says nothing for so long, or for ten times its slowest batch, is killed. */
  progressDeadline: durationMsField({ minMs: 1000 }),
  /** A worker that is told to end lets its pack go on for so long, then hands it back. */
  drainGrace: durationMsField(),
  /** A training child with more resident memory, in bytes, is replaced between two packs. */
  childMemory: bytesField({ min: 64 * MIB }),
  /** Another program in the place of the training child; it must speak its protocol. For benchmarks. */
  trainingEntry: z.string().optional(),
});

export type WorkerConfig = z.infer<typeof workerConfigSchema>;

/**
 * The worker's settings from the environment.
 * @param machine Memory in bytes (a container's limit counts) and cores, for the default of `childMemory`.
 * @throws AppError `invalid_config`
 */
export function readWorkerConfig(env: Environment, machine = describeMachine()): WorkerConfig {
  return loadConfig(workerConfigSchema, {
    env,
    variables: { databaseUrl: "DATABASE_URL", redisUrl: "REDIS_URL", engine: "ENGINE" },
    foreignVariables: productVariables,
    defaults: {
      engine: "auto",
      logLevel: "info",
      lease: "6s",
      progressDeadline: "60s",
      drainGrace: "5s",
      childMemory: memoryShare(machine),
    },
  });
}

/** There is a worker for each core; a fifth of the memory is left to everything else. No child can do with less. */
function memoryShare({ memoryBytes, cores }: { memoryBytes: number; cores: number }): number {
  return Math.max(1024 * MIB, Math.floor((0.8 * memoryBytes) / cores));
}
