import { invalidSpec, type SpecIssue, type SweepSpec, sweepSpecSchema } from "@smoothsweep/contracts";
import { z } from "zod";
import type { DatasetCatalogue } from "./datasetLimits.ts";
import { semanticIssues } from "./semanticIssues.ts";
import { structuralIssues } from "./structuralIssues.ts";

/**
 * Reads a sweep as a user wrote it: every rule is checked, every default is filled in.
 * @throws AppError `invalid_spec` with all broken rules at once, each with path, code, message and value.
 */
export function parseSweepSpec(input: unknown, catalogue: DatasetCatalogue): SweepSpec {
  const parsed = sweepSpecSchema.safeParse(input, { reportInput: true });
  const structural = parsed.success ? [] : structuralIssues(parsed.error.issues, knownKeys);
  const issues = withoutRepeats(structural, semanticIssues(input, catalogue));
  if (issues.length > 0 || !parsed.success) throw invalidSpec(issues);
  return parsed.data;
}

/** The keys that the schema knows at a path, for "did you mean". */
function knownKeys(path: readonly PropertyKey[]): string[] {
  let schema: z.ZodType | undefined = sweepSpecSchema;
  for (const part of path) {
    const shape: Record<string, z.ZodType> = objectShape(schema);
    schema = shape[String(part)];
  }
  return Object.keys(objectShape(schema));
}

function objectShape(schema: z.ZodType | undefined): Record<string, z.ZodType> {
  if (schema instanceof z.ZodDefault) return objectShape(schema.unwrap() as z.ZodType);
  if (schema instanceof z.ZodObject) return schema.shape;
  if (schema instanceof z.ZodDiscriminatedUnion) {
    return Object.assign({}, ...schema.options.map((option) => objectShape(option as z.ZodType)));
  }
  return {};
}

/** One issue a rule and place. What an axis says of a value is clearer than "no known form", so that goes. */
function withoutRepeats(structural: readonly SpecIssue[], semantic: readonly SpecIssue[]): SpecIssue[] {
  const better = new Set(semantic.map(({ path }) => path));
  const seen = new Set<string>();
  const kept = structural.filter(({ path, code }) => code !== "invalid_value" || !better.has(path));
  return [...kept, ...semantic].filter(({ path, code }) => {
    const key = `${path} ${code}`;
    return seen.has(key) ? false : seen.add(key);
  });
}
