/**
 * Tells workers that claims became void before their next renewal would. A hint: what holds, `renewLeases` says.
 *
 * Law: after a commit that voided claims (cancel), every subscriber in every process is woken within the time a
 * notification takes; possibly more often, and always after a lost connection came back.
 */
export interface RevocationFeed {
  /**
   * Calls `wake` with the sweep whose claims may be void, or with undefined when it may be any.
   * @returns the way to stop it.
   */
  subscribe(wake: (sweepId: string | undefined) => void): () => void;
  close(): Promise<void>;
}
