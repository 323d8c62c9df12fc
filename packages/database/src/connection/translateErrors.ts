import { AppError } from "@smoothsweep/contracts";
import { hasErrorCode, messagesOf } from "./errorCauses.ts";

/**
 * Codes that say "the database cannot be asked now": of Prisma, of the operating system, and of PostgreSQL (class 08,
 * and 57P while it starts or stops).
 */
const unavailable =
  /^(P1001|P1002|P1003|P1008|P1017|P2024|P2037|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|08\w{3}|57P0[1-4]|3D000|53300)$/;

/** What has no code: words of the driver, and of Prisma when a statement outside of a transaction is cut off. */
const unavailableWords =
  /Connection terminated|Server has closed the connection|timeout exceeded when trying to connect/;

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

function isUnavailable(error: unknown): boolean {
  return hasErrorCode(error, unavailable) || unavailableWords.test(messagesOf(error));
}

function unavailableError(cause: unknown): AppError {
  return new AppError("database_unavailable", "the database does not answer", { cause });
}
