import { z } from "zod";
import { AppError } from "./appError.ts";

/** The rule that a part of a sweep specification breaks. Stable, like every code. */
export const specIssueCodes = [
  "missing_field",
  "invalid_type",
  "invalid_value",
  "out_of_range",
  "unknown_key",
  "unknown_axis",
  "unknown_dataset",
  "duplicate_value",
  "empty_axis",
  "no_seeds",
  "epsilon_out_of_range",
  "off_target_epsilon_too_large",
  "batch_larger_than_data",
  "model_does_not_fit",
  "too_few_rows",
  "too_many_trials",
] as const;
export type SpecIssueCode = (typeof specIssueCodes)[number];

/** One broken rule: where, which, with what value, and how to mend it. */
export const specIssueSchema = z.object({
  /** Path into the specification as the user wrote it: `axes["smoothing.epsilon"][3]`. */
  path: z.string(),
  code: z.enum(specIssueCodes),
  /** Name, rule, value: "`smoothing.epsilon` must be in [0, 1), got 1.2". */
  message: z.string(),
  value: z.unknown().optional(),
  fix: z.string().optional(),
});
export type SpecIssue = z.infer<typeof specIssueSchema>;

/** The most broken rules that one error lists: a list of 300,000 would help nobody and fill the memory. */
const ISSUES_MAX = 100;

/** The error of a specification: it carries every broken rule, never only the first; of very many, the first 100. */
export function invalidSpec(issues: readonly SpecIssue[]): AppError {
  const count = issues.length === 1 ? "1 mistake" : `${issues.length} mistakes`;
  const cut = issues.length > ISSUES_MAX ? `, of which the first ${ISSUES_MAX} are listed` : "";
  const context = { issues: issues.slice(0, ISSUES_MAX) };
  return new AppError("invalid_spec", `the sweep specification has ${count}${cut}`, { context });
}
