import { AppError } from "@smoothsweep/contracts";
import type { z } from "zod";

/** A body by the rules of its route. @throws AppError `invalid_request` that names every mistake */
export function validBody<Schema extends z.ZodType>(schema: Schema, body: unknown): z.output<Schema> {
  const parsed = schema.safeParse(body);
  if (parsed.success) return parsed.data;
  const mistakes = parsed.error.issues.map(({ path, message }) => `\`${path.join(".") || "(root)"}\`: ${message}`);
  throw new AppError("invalid_request", mistakes.slice(0, 20).join("; "));
}
