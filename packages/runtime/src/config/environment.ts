/** Environment variables by name; a name that is not set is absent or undefined. */
export type Environment = Readonly<Record<string, string | undefined>>;

/**
 * A frozen copy of the process's environment. This is the only place of the product that reads `process.env`: the
 * composition root of each program calls it once and hands the values on.
 */
export function readEnvironment(): Environment {
  return Object.freeze({ ...process.env });
}
