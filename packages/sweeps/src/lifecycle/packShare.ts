/** What decides how many trials a claim gets; trials of sweeps that run. */
export interface PackShare {
  /** The most that the worker wants. */
  limit: number;
  /** Trials of the group that wait. */
  inGroup: number;
  /** Trials of all groups that wait. */
  waiting: number;
  /** Trials that are under way, each as far as it still has to go: half an epoch of 20 left is 0.025. */
  remaining: number;
  /** Living workers, the claiming one included. */
  workers: number;
}

/**
 * How many trials of a group a claim gets, at most. Packs are as large as they may be, because every pack costs its steps
 * once more; but the last ones are so large only that all workers end together: nobody takes more than an even share of
 * all that is still to be done, what runs included. And a group is cut in the middle rather than that a few are left over.
 *
 * @returns at least 1
 */
export function packShare({ limit, inGroup, waiting, remaining, workers }: PackShare): number {
  const cut = inGroup > limit && inGroup < 2 * limit ? Math.ceil(inGroup / 2) : limit;
  return Math.max(1, Math.min(cut, Math.ceil((waiting + remaining) / workers)));
}
