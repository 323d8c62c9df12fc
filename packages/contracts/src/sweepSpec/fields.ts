import { z } from "zod";
import type { SpecIssueCode } from "../errors/specIssue.ts";

/** A number with a rule of its own code: zod's built-in checks would all be reported as the same `out_of_range`. */
function ruled(code: SpecIssueCode, rule: string, holds: (value: number) => boolean) {
  return z.number({ error: "must be a finite number" }).refine(holds, { error: rule, params: { code } });
}

/** A whole number in [min, max]. */
export function wholeNumber(min: number, max: number) {
  const rule = `must be a whole number in [${min}, ${max}]`;
  return ruled("out_of_range", rule, (value) => Number.isInteger(value) && value >= min && value <= max);
}

/** A real number in [min, max]. */
export function realNumber(min: number, max: number) {
  return ruled("out_of_range", `must be in [${min}, ${max}]`, (value) => value >= min && value <= max);
}

/** A real number in (0, max]. */
export function positiveNumber(max: number) {
  return ruled("out_of_range", `must be in (0, ${max}]`, (value) => value > 0 && value <= max);
}

/** Control characters but tab and line ends, and halves of surrogate pairs. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
const unkeepable = /[\u0000-\u0008\u000b\u000c\u000e-\u001f\u007f]|\p{Surrogate}/u;

/** A text for people. Refuses what a database cannot keep or a terminal would obey. */
export function plainText() {
  return z.string().refine((text) => !unkeepable.test(text), { error: "must have no control characters" });
}

/** The smoothing strength as the user writes it, in his own convention. */
export const epsilonSchema = ruled("epsilon_out_of_range", "must be in [0, 1)", (value) => value >= 0 && value < 1);
