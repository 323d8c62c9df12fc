import { type SpecIssue, type SpecIssueCode, specIssueCodes } from "@smoothsweep/contracts";
import type { z } from "zod";
import { formatIssuePath } from "./issuePath.ts";
import { suggestionFor } from "./suggestion.ts";

type ZodIssue = z.core.$ZodIssue;

/** What zod found, as issues of ours: one per broken rule, with path, rule and value. */
export function structuralIssues(
  issues: readonly ZodIssue[],
  keysAt: (path: readonly PropertyKey[]) => string[],
): SpecIssue[] {
  return issues.flatMap((issue) => {
    if (issue.code === "unrecognized_keys") return unknownKeys(issue, keysAt(issue.path));
    return [toIssue(issue)];
  });
}

function unknownKeys(issue: Extract<ZodIssue, { code: "unrecognized_keys" }>, known: string[]): SpecIssue[] {
  return issue.keys.map((key) => {
    const path = formatIssuePath([...issue.path, key]);
    const fix = suggestionFor(key, known);
    return { path, code: "unknown_key", message: `\`${path}\` is not a known key. ${fix}`, fix };
  });
}

function toIssue(issue: ZodIssue): SpecIssue {
  const path = formatIssuePath(issue.path);
  const value = inputOf(issue);
  if (value === undefined)
    return { path, code: "missing_field", message: `\`${path}\` is required (${typeOf(issue)})` };
  const code = issueCode(issue);
  return {
    path,
    code,
    message: `\`${path}\` ${ruleOf(issue)}, got ${show(value)}`,
    ...(value !== undefined && { value }),
  };
}

/** What stands at the issue's path; for a union told apart by a field, zod gives the object around that field. */
function inputOf(issue: ZodIssue): unknown {
  if (issue.code !== "invalid_union" || issue.discriminator === undefined) return issue.input;
  return (issue.input as Record<string, unknown>)[issue.discriminator];
}

function typeOf(issue: ZodIssue): string {
  if (issue.code !== "invalid_type") return "string";
  return issue.expected === "record" ? "object" : issue.expected;
}

function issueCode(issue: ZodIssue): SpecIssueCode {
  if (issue.code === "custom") {
    const code = issue.params?.["code"];
    return (specIssueCodes as readonly unknown[]).includes(code) ? (code as SpecIssueCode) : "invalid_value";
  }
  if (issue.code === "invalid_type") return "invalid_type";
  if (issue.code === "too_big" || issue.code === "too_small") return "out_of_range";
  return "invalid_value";
}

/** The rule as words that follow the field's name: "must be ...". */
function ruleOf(issue: ZodIssue): string {
  switch (issue.code) {
    case "custom":
      return issue.message;
    case "invalid_type":
      return `must be of type ${typeOf(issue)}`;
    case "invalid_value":
      return oneOf(issue.values);
    case "invalid_union":
      return "options" in issue && issue.options !== undefined ? oneOf(issue.options) : issue.message;
    case "too_small":
      return `must have at least ${issue.minimum} ${unitOf(issue.origin)}`;
    case "too_big":
      return `must have at most ${issue.maximum} ${unitOf(issue.origin)}`;
    default:
      return issue.message;
  }
}

function oneOf(values: readonly unknown[]): string {
  return `must be one of ${values.map((value) => JSON.stringify(value)).join(", ")}`;
}

function unitOf(origin: string): string {
  return origin === "string" ? "characters" : "values";
}

/** A value as it may stand in a message: short, and never an object dump. */
export function show(value: unknown): string {
  // JSON has no NaN and no Infinity, but YAML has.
  const text = typeof value === "number" ? String(value) : (JSON.stringify(value) ?? String(value));
  return text.length > 60 ? `${text.slice(0, 57)}...` : text;
}
