import {
  durationMsField,
  type Environment,
  loadConfig,
  logLevels,
  portField,
  productVariables,
  switchField,
} from "@smoothsweep/runtime";
import { z } from "zod";

const loopbackHosts = ["127.0.0.1", "::1", "localhost"];

const apiConfigSchema = z
  .object({
    databaseUrl: z.string({ error: "must be the address of a PostgreSQL database" }).min(1),
    /** Absent: the queue lives in the database. */
    redisUrl: z.string().optional(),
    host: z.string().min(1),
    port: portField(),
    /** Clients must send it as `Authorization: Bearer KEY`. */
    apiKey: z.string().min(16, { error: "must have at least 16 characters" }).optional(),
    /** For networks that something else guards, such as a container whose port is published on loopback only. */
    allowUnauthenticated: switchField(),
    /** Data sets placed by hand, one folder each. */
    datasetsDirectory: z.string().optional(),
    logLevel: z.enum(logLevels),
    /** How often lost trials and forgotten groups are looked for. */
    reconcileInterval: durationMsField({ minMs: 100 }),
    /** How long a group may wait after its newest token when the queue is empty, before it gets new ones. */
    orphanAfter: durationMsField({ minMs: 100 }),
  })
  .superRefine((config, context) => {
    if (loopbackHosts.includes(config.host) || config.apiKey !== undefined || config.allowUnauthenticated) return;
    context.addIssue({
      code: "custom",
      path: ["host"],
      message: "must be a loopback address unless SMOOTHSWEEP_API_KEY is set",
    });
  });

export type ApiConfig = z.infer<typeof apiConfigSchema>;

/** The API's settings from the environment. @throws AppError `invalid_config` */
export function readApiConfig(env: Environment): ApiConfig {
  return loadConfig(apiConfigSchema, {
    env,
    variables: { databaseUrl: "DATABASE_URL", redisUrl: "REDIS_URL" },
    foreignVariables: productVariables,
    defaults: {
      host: "127.0.0.1",
      port: 4600,
      allowUnauthenticated: false,
      logLevel: "info",
      reconcileInterval: "2s",
      orphanAfter: "3s",
    },
  });
}
