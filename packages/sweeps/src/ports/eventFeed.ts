import type { SweepEvent } from "@smoothsweep/contracts";

/**
 * What happened to sweeps, replayable.
 *
 * Laws: ids of a sweep count 1, 2, 3 ... in commit order without gaps; an event that was read once is read again at the
 * same id; a subscriber is woken after every commit that added events, possibly more often.
 */
export interface EventFeed {
  /** Events of a sweep with ids above `afterId`, in order, at most `limit`. @throws AppError `not_found` */
  read(sweepId: string, afterId: number, limit: number): Promise<SweepEvent[]>;
  /** Calls `wake` after new events of the sweep. @returns the way to stop it. */
  subscribe(sweepId: string, wake: () => void): () => void;
}
