/** A token that the queue must get. */
export interface OutboxToken {
  id: bigint;
  sweepId: string;
  groupId: string;
  index: number;
  /** Place in the line of all sweeps; the job's priority. */
  place: number;
  /** Counts how often the group got tokens anew; part of the job id. */
  generation: number;
}

/** What a sweep of the ledger mended. */
export interface Mended {
  /** Trials whose lease had expired and that wait again or failed for good. */
  expired: number;
  /** Groups with pending trials and nobody to call for them, which got new tokens. */
  orphanedGroups: number;
}

/**
 * The store's side of the queue: tokens are written in the transaction that makes them needed and sent afterwards.
 *
 * Laws: a token is sent at least once; sending twice is harmless (job ids are deterministic). Whatever happens to the
 * queue, {@link mend} brings every pending trial back to a worker.
 */
export interface WorkQueueLedger {
  /**
   * Gives the unsent tokens that are due to `send`, the foremost first, and marks them sent when it resolves; concurrent relays take others.
   * @returns how many were sent; 0 when there was nothing to do.
   */
  relayOutbox(limit: number, send: (tokens: readonly OutboxToken[]) => Promise<void>): Promise<number>;
  /**
   * Ends attempts with expired leases as lost, and gives tokens to groups that wait without any. When the line of tokens
   * has become very long ({@link PLACE_RESET}), places are counted anew.
   */
  mend(patience: Patience): Promise<Mended>;
}

/** When a group that waits counts as forgotten, and a worker as lost. */
export interface Patience {
  /**
   * So long after its newest token, and longer with every generation of tokens that it got; and so long after one of its
   * trials was first begun: in a long line tokens grow old, and the group is served all the same.
   */
  orphanAfterMs: number;
  /**
   * Nothing waits in the queue, so that nobody will be called: patience does not grow, and a group is forgotten also
   * while some of its trials run or were begun lately.
   */
  isQueueEmpty?: boolean;
  /** Nobody could renew leases lately, because the database was away: none counts as expired. */
  areLeasesStale?: boolean;
}
