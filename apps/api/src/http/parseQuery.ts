import { AppError, type Route } from "@smoothsweep/contracts";
import { suggestionFor } from "@smoothsweep/sweeps";
import type { Request } from "express";
import { z } from "zod";

const noParameters = z.strictObject({});

/** The query of a request by the rules of its route. @throws AppError `invalid_request` that names every mistake. */
export function parseQuery(route: Route, query: Request["query"]): unknown {
  const schema = route.query ?? noParameters;
  const parsed = schema.safeParse(query);
  if (parsed.success) return parsed.data;
  const known = Object.keys(schema.shape);
  const mistakes = parsed.error.issues.flatMap((issue) => describe(issue, query, known));
  throw new AppError("invalid_request", mistakes.join("; "));
}

function describe(issue: z.core.$ZodIssue, query: Request["query"], known: readonly string[]): string[] {
  if (issue.code === "unrecognized_keys") {
    const hint = (key: string) => (known.length === 0 ? "There are none here" : suggestionFor(key, known));
    return issue.keys.map((key) => `\`${key}\` is not a known parameter. ${hint(key)}`);
  }
  const name = String(issue.path[0]);
  const rule =
    issue.code === "invalid_value"
      ? `must be one of ${issue.values.map((value) => JSON.stringify(value)).join(", ")}`
      : issue.message;
  return [`\`${name}\` ${rule}, got ${JSON.stringify(query[name])}`];
}
