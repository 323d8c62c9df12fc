import { AppError } from "@smoothsweep/contracts";
import { hasErrorCode, messagesOf } from "./errorCauses.ts";

/**
 * Codes that say "the database cannot be asked now": of Prisma, of the operating system, and of PostgreSQL (class 08,
 * 57P while it starts or stops or ends a session, 53300 when all its connections are taken).
 */
const unavailable =
  /^(P1001|P1002|P1003|P1008|P1017|P2024|P2037|ECONN\w+|EPIPE|ETIMEDOUT|EHOSTUNREACH|08\w{3}|57P0[1-5]|3D000|53300)$/;

/** Codes of PostgreSQL that say "I answer, but have no room": disk (53100), memory (53200), a limit that was set (53400). */
const exhausted = /^53(?!300)\w{3}$/;

/** What has no code: words of the driver, and of Prisma when a statement outside of a transaction is cut off. */
const unavailableWords =
  /Connection terminated|Server has closed the connection|timeout exceeded when trying to connect|is not queryable/;

/**
 * The same methods; what they throw while the database is away becomes `database_unavailable`, and what they throw while
 * it has no room `database_exhausted`. Both are retryable, and nothing has happened or its answer was lost.
 */
export function translateErrors<T extends object>(adapter: T): T {
  const methods = Object.entries(adapter).map(([name, method]) => [
    name,
    async (...args: unknown[]) => {
      try {
        return await (method as (...all: unknown[]) => unknown)(...args);
      } catch (error) {
        throw translated(error);
      }
    },
  ]);
  return Object.fromEntries(methods) as T;
}

function translated(cause: unknown): unknown {
  if (hasErrorCode(cause, exhausted)) {
    return new AppError("database_exhausted", "the database has no room or memory left", {
      cause,
      fix: "Make room where the database is; its log says what it lacks.",
    });
  }
  const isUnavailable = hasErrorCode(cause, unavailable) || unavailableWords.test(messagesOf(cause));
  return isUnavailable ? new AppError("database_unavailable", "the database does not answer", { cause }) : cause;
}
