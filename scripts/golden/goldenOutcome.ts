/** What one golden entry gave. */
export type GoldenOutcome =
  | { readonly passed: boolean; readonly largestError: number; readonly problems: readonly string[] }
  | { readonly unknownKind: string };

/** Runs one entry of a golden file. */
export type GoldenRunner = (entry: unknown) => GoldenOutcome;
