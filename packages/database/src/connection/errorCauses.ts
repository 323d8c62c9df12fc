import { isAppError } from "@smoothsweep/contracts";

const DEPTH_MAX = 5;

/** An error and what caused it, outermost first: Prisma and its adapter each wrap what the driver threw. */
function causesOf(error: unknown, depth = 0): Record<string, unknown>[] {
  if (typeof error !== "object" || error === null || isAppError(error) || depth > DEPTH_MAX) return [];
  const { cause, meta } = error as Record<string, unknown>;
  const inner = (meta as { driverAdapterError?: unknown } | undefined)?.driverAdapterError;
  return [error as Record<string, unknown>, ...causesOf(cause, depth + 1), ...causesOf(inner, depth + 1)];
}

/** Whether an error of the database, or what caused it, has a code of Prisma, PostgreSQL or the system like this. */
export function hasErrorCode(error: unknown, pattern: RegExp): boolean {
  return causesOf(error).some(({ code, originalCode }) =>
    [code, originalCode].some((candidate) => typeof candidate === "string" && pattern.test(candidate)),
  );
}

/** What an error and its causes say. */
export function messagesOf(error: unknown): string {
  return causesOf(error)
    .map(({ message }) => String(message ?? ""))
    .join("\n");
}
