import type { Problem, SpecIssue } from "@smoothsweep/contracts";

/**
 * Thrown when the API answers with an error. It carries the whole RFC 9457 problem; match on `code`, which is stable,
 * never on the message.
 *
 * @example
 * ```ts
 * try {
 *   await client.submitSweep(spec);
 * } catch (error) {
 *   if (isApiProblemError(error)) for (const issue of error.errors) print(issue.path, issue.message);
 * }
 * ```
 */
export class ApiProblemError extends Error {
  override readonly name = "ApiProblemError";
  /** The problem as the API sent it. */
  readonly problem: Problem;
  readonly code: string;
  /** HTTP status. */
  readonly status: number;
  /** Every broken rule with its path; empty unless the request broke rules. */
  readonly errors: readonly SpecIssue[];
  /** What to do about it, when the API knows. */
  readonly fix: string | undefined;

  constructor(problem: Problem, options?: { cause?: unknown }) {
    super(problem.detail === "" ? problem.title : problem.detail, options);
    this.problem = problem;
    this.code = problem.code;
    this.status = problem.status;
    this.errors = problem.errors ?? [];
    this.fix = problem.fix;
  }
}

/** Whether a thrown value is an {@link ApiProblemError}, also one of another copy of this package. */
export function isApiProblemError(value: unknown): value is ApiProblemError {
  return value instanceof Error && value.name === "ApiProblemError" && "problem" in value;
}
