import { type AppError, type ErrorCode, errorCodes, type Problem, type SpecIssue } from "@smoothsweep/contracts";

/** The one table from error code to HTTP status. Codes that never reach HTTP are internal errors here. */
const statusOf: Partial<Record<ErrorCode, number>> = {
  invalid_spec: 422,
  invalid_request: 400,
  invalid_body: 400,
  payload_too_large: 413,
  unsupported_media_type: 415,
  not_found: 404,
  method_not_allowed: 405,
  forbidden_origin: 403,
  unauthorized: 401,
  idempotency_conflict: 409,
  same_sweep_exists: 409,
  verb_refused: 409,
  confirmation_mismatch: 409,
  too_many_connections: 503,
  too_many_exports: 503,
  dataset_unreachable: 503,
  dataset_corrupt: 502,
  database_unavailable: 503,
  database_exhausted: 507,
  queue_unavailable: 503,
};

/** An error as RFC 9457 problem details. What went wrong inside is logged, not told. */
export function problemOf(error: AppError, requestId: string): Problem {
  const status = statusOf[error.code] ?? 500;
  const issues = error.context["issues"] as SpecIssue[] | undefined;
  return {
    type: `urn:smoothsweep:error:${error.code}`,
    title: errorCodes[error.code].title,
    status,
    detail: status === 500 ? "see the API's log for this request id" : error.message,
    code: error.code,
    requestId,
    ...(error.fix !== undefined && { fix: error.fix }),
    ...(issues !== undefined && { errors: issues }),
  };
}
