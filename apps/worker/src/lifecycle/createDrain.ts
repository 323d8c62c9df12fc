import type { Logger } from "@smoothsweep/runtime";

/** How a worker ends: first it takes no more work, then it gives up what it has. */
export interface Drain {
  /** Raised first: no token and no trial is taken any more. */
  readonly draining: AbortSignal;
  /** Raised when the grace period is over: the running pack is aborted and handed back. */
  readonly ending: AbortSignal;
  /** Begins it; beginning again changes nothing. */
  begin(reason: string): void;
}

/** @param graceMs How long the running pack may still take. */
export function createDrain(graceMs: number, logger: Logger): Drain {
  const draining = new AbortController();
  const ending = new AbortController();
  return {
    draining: draining.signal,
    ending: ending.signal,
    begin: (reason) => {
      if (draining.signal.aborted) return;
      logger.info({ reason, graceMs }, "worker drains");
      draining.abort();
      setTimeout(() => ending.abort(), graceMs).unref();
    },
  };
}
