import { type Logger, pino, stdSerializers } from "pino";
import { build as prettyStream } from "pino-pretty";
import { isSecretName, MASK, maskUrlPasswords } from "../config/maskSecrets.ts";

export type { Logger } from "pino";

/** From the loudest to none at all. */
export const logLevels = ["trace", "debug", "info", "warn", "error", "fatal", "silent"] as const;
export type LogLevel = (typeof logLevels)[number];

export interface LoggerOptions {
  /** Which program speaks: `api`, `worker`, `cli`. */
  name: string;
  /** Default `info`. */
  level?: LogLevel;
  /** `auto` (default) prints for people when the stream is a terminal, JSON lines otherwise. */
  pretty?: boolean | "auto";
  /** Where the lines go. Default standard error, so that standard output carries results only. */
  stream?: NodeJS.WritableStream & { isTTY?: boolean };
}

// Field names that carry secrets, and those that carry URLs; at the top and one level down.
const secretFields = ["password", "passwd", "secret", "token", "apiKey", "authorization", "cookie"];
const urlFields = ["url", "databaseUrl", "redisUrl", "connectionString"];
const redactedPaths = [...secretFields, ...urlFields].flatMap((field) => [field, `*.${field}`, `*.*.${field}`]);

/**
 * A pino logger. Messages are constants, data are fields: `logger.info({ sweepId, trials }, "sweep submitted")`; give
 * context to a part of the program by `logger.child({ workerId })`. Secrets are masked by field name; URLs and error
 * texts keep everything but their passwords.
 */
export function createLogger(options: LoggerOptions): Logger {
  const { name, level = "info", pretty = "auto", stream = process.stderr } = options;
  const isPretty = pretty === "auto" ? stream.isTTY === true : pretty;
  const destination = isPretty
    ? prettyStream({ destination: stream, colorize: stream.isTTY === true, ignore: "pid,hostname" })
    : stream;
  return pino(
    {
      name,
      level,
      redact: { paths: redactedPaths, censor: (value, path) => censor(value, path.at(-1) ?? "") },
      serializers: { err: serializeError, error: serializeError },
      timestamp: pino.stdTimeFunctions.isoTime,
    },
    destination,
  );
}

function censor(value: unknown, field: string): unknown {
  if (isSecretName(field) || typeof value !== "string") return MASK;
  return maskUrlPasswords(value);
}

function serializeError(error: Error): unknown {
  const serialized = isObject(error) ? withoutBaggage(stdSerializers.err(error)) : error;
  // Database drivers repeat the connection string in their messages.
  return JSON.parse(maskUrlPasswords(JSON.stringify(serialized)));
}

/** Database drivers hang their whole client onto an error, with the key that cancels its statements. */
function withoutBaggage(serialized: object): object {
  return Object.fromEntries(
    Object.entries(serialized).filter(([name, value]) => name === "context" || !isObject(value)),
  );
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
