import { isApiProblemError } from "@smoothsweep/client";
import { isAppError, type SpecIssue } from "@smoothsweep/contracts";

/** An error for a person: what is wrong, every broken rule, and what to do. Our own mistakes keep their stack. */
export function explainError(error: unknown): string {
  if (isApiProblemError(error)) {
    return [
      `${error.problem.title}: ${error.problem.detail} [${error.code}]`,
      ...issueLines(error.problem.errors),
      ...(error.fix === undefined ? [] : [error.fix]),
    ].join("\n");
  }
  if (isAppError(error)) {
    const lines = [
      `${error.message} [${error.code}]`,
      ...issueLines(error.context["issues"] as SpecIssue[] | undefined),
    ];
    return [...lines, ...(error.fix === undefined ? [] : [error.fix])].join("\n");
  }
  return error instanceof Error ? (error.stack ?? error.message) : String(error);
}

function issueLines(issues: readonly SpecIssue[] | undefined): string[] {
  return (issues ?? []).map(({ path, code, message }) => `  ${path}: ${message} [${code}]`);
}
