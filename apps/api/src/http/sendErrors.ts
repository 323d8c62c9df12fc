import { AppError, isAppError, toAppError } from "@smoothsweep/contracts";
import type { Logger } from "@smoothsweep/runtime";
import type { ErrorRequestHandler, RequestHandler } from "express";
import { problemOf } from "./problemOf.ts";

/** When a client may try again what cannot be served now. */
const RETRY_AFTER_SECONDS = 5;

/** Answers what no route took. */
export const refuseUnknownPath: RequestHandler = (request) => {
  throw new AppError("not_found", `there is nothing at ${request.method} ${request.path}`);
};

/** Answers every error as a problem. */
export function sendErrors(logger: Logger): ErrorRequestHandler {
  return (thrown: unknown, request, response, next) => {
    const error = classify(thrown);
    const problem = problemOf(error, String(request.id));
    if (problem.status >= 500) logger.error({ err: thrown, requestId: request.id }, "request failed");
    // A stream that has begun cannot become a problem; Express ends the connection.
    if (response.headersSent) return next(thrown);
    if (problem.status === 503) response.set("Retry-After", `${RETRY_AFTER_SECONDS}`);
    response.status(problem.status).type("application/problem+json").send(JSON.stringify(problem));
  };
}

/** Express and its body reader throw errors with a status of their own. */
function classify(thrown: unknown): AppError {
  if (isAppError(thrown)) return thrown;
  const { type, status } = thrown as { type?: string; status?: number };
  if (type === "entity.too.large") return new AppError("payload_too_large", "the body must be at most 1 MiB");
  // A charset or a content encoding that nobody can read.
  if (status === 415) return toAppError(thrown, "unsupported_media_type");
  if (status !== undefined && status >= 400 && status < 500) return toAppError(thrown, "invalid_request");
  return toAppError(thrown);
}
