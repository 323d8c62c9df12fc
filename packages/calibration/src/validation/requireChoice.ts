import { ArgumentError } from "./argumentError.ts";

/** Refuses a name that is none of those given. @throws {ArgumentError} for another value */
export function requireChoice(argument: string, value: unknown, choices: readonly string[]): void {
  if (!(typeof value === "string" && choices.includes(value)))
    throw new ArgumentError(argument, `must be one of ${choices.join(", ")}`, value);
}
