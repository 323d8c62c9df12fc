import { ArgumentError } from "./argumentError.ts";

/**
 * Refuses a name that is none of those given; what types already say, said again to callers without types.
 * @throws ArgumentError `invalid_argument`
 */
export function checkChoice(argument: string, value: unknown, choices: readonly string[]): void {
  if (typeof value === "string" && choices.includes(value)) return;
  const rule = `must be one of ${choices.join(", ")}`;
  throw new ArgumentError("invalid_argument", { argument, rule, value });
}
