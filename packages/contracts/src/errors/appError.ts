import { type ErrorCode, errorCodes } from "./errorCodes.ts";

export interface AppErrorOptions {
  /** Facts for logs and clients: ids, limits, values. Must be JSON. */
  context?: Record<string, unknown>;
  /** What the user can do about it, as an imperative sentence. */
  fix?: string;
  cause?: unknown;
}

/**
 * The one error class that crosses module and process boundaries.
 * `name` and `code` are own properties, so they survive JSON; classify by {@link isAppError} or by `code`, never by
 * `instanceof`, because the error may come from another copy of this package or from a child process.
 */
export class AppError extends Error {
  override readonly name = "AppError";
  readonly code: ErrorCode;
  readonly retryable: boolean;
  readonly context: Record<string, unknown>;
  readonly fix: string | undefined;

  constructor(code: ErrorCode, message: string, options: AppErrorOptions = {}) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.code = code;
    this.retryable = errorCodes[code].retryable;
    this.context = options.context ?? {};
    this.fix = options.fix;
  }
}

/** Whether a thrown value is an {@link AppError}, also one of another copy of this package. */
export function isAppError(value: unknown): value is AppError {
  return (
    value instanceof Error &&
    value.name === "AppError" &&
    "code" in value &&
    Object.hasOwn(errorCodes, String(value.code))
  );
}

/** Any thrown value as an {@link AppError}; foreign errors become `internal` (or `code`) and stay as the cause. */
export function toAppError(value: unknown, code: ErrorCode = "internal"): AppError {
  if (isAppError(value)) return value;
  const message = value instanceof Error ? value.message : String(value);
  return new AppError(code, message, { cause: value });
}
