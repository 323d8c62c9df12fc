/** What was removed. */
export interface Tidied {
  /** Trials whose predictions were removed. */
  predictions: number;
  /** Idempotency keys that nobody will send again. */
  submissions: number;
  /** Tokens of sweeps that have ended. */
  tokens: number;
}

/**
 * Removes what is kept for a time only.
 *
 * Laws: predictions go as `spec.predictions` of their sweep says: `pareto` when the sweep has ended, by age when their
 * result is older than `days`; results and reports stay. Predictions that a reused trial of another sweep shows stay as
 * long as that trial is there. Running it twice, or twice at once, removes nothing more.
 */
export interface Housekeeper {
  tidy(): Promise<Tidied>;
}
