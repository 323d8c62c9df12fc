import { AppError, isAppError } from "@smoothsweep/contracts";

/**
 * Codes that say "the database cannot be asked now": of Prisma, of the operating system, and of PostgreSQL (class 08,
 * and 57P while it starts or stops).
 */
const unavailable =
  /^(P1001|P1002|P1003|P1008|P1017|P2024|P2037|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|08\w{3}|57P0[1-4]|3D000|53300)$/;

/** The same methods; what they throw while the database is away becomes `database_unavailable`, which is retryable. */
export function translateErrors<T extends object>(adapter: T): T {
  const translated = Object.entries(adapter).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (method as (...all: unknown[]) => unknown)(...args);
      } catch (error) {
        throw isUnavailable(error) ? unavailableError(error) : error;
      }
    },
  ]);
  return Object.fromEntries(translated) as T;
}

/** Looks through the causes: Prisma and its adapter each wrap what the driver threw. */
function isUnavailable(error: unknown, depth = 0): boolean {
  if (typeof error !== "object" || error === null || isAppError(error) || depth > 5) return false;
  const { code, cause, meta, originalCode, message } = error as Record<string, unknown>;
  if ([code, originalCode].some((candidate) => typeof candidate === "string" && unavailable.test(candidate)))
    return true;
  if (typeof message === "string" && /Connection terminated|timeout exceeded when trying to connect/.test(message)) {
    return true;
  }
  const inner = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return isUnavailable(cause, depth + 1) || isUnavailable(inner, depth + 1);
}

function unavailableError(cause: unknown): AppError {
  return new AppError("database_unavailable", "the database does not answer", { cause });
}
