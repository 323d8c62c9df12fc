export interface RateEstimator {
  /** Tells how much is done in all by now; never less than before. */
  update(done: number): void;
  /** Units a second, recent ones weighing more; 0 before the first progress. */
  perSecond(): number;
  /** Milliseconds until `total` is done at the present rate; Infinity while nothing is known. */
  remainingMs(total: number): number;
}

export interface RateEstimatorOptions {
  /** What happened this long ago counts half, in milliseconds. Default 15,000. */
  halfLifeMs?: number;
  /** A clock that never runs backwards, in milliseconds. Default the process's monotonic clock. */
  nowMs?: () => number;
}

/**
 * Estimates a rate and the time that is left by exponential weights. Done units and elapsed seconds decay together
 * with the same half-life and their quotient is the rate, so that a pause lowers the rate smoothly, batches do not
 * make it jump, and the first seconds are not biased towards zero.
 */
export function createRateEstimator(options: RateEstimatorOptions = {}): RateEstimator {
  const { halfLifeMs = 15_000, nowMs = () => performance.now() } = options;
  let lastMs = nowMs();
  let lastDone = 0;
  let weightedDone = 0;
  let weightedMs = 0;

  /** Decays what is known to now; time spread evenly over the interval weighs its integral. */
  function advance(): void {
    const now = nowMs();
    const elapsedMs = Math.max(0, now - lastMs);
    const decay = 0.5 ** (elapsedMs / halfLifeMs);
    weightedDone *= decay;
    weightedMs = weightedMs * decay + (1 - decay) * (halfLifeMs / Math.LN2);
    lastMs = now;
  }

  function perSecond(): number {
    advance();
    return weightedMs === 0 ? 0 : (weightedDone / weightedMs) * 1000;
  }

  return {
    update(done) {
      advance();
      weightedDone += Math.max(0, done - lastDone);
      lastDone = Math.max(lastDone, done);
    },
    perSecond,
    remainingMs(total) {
      if (total <= lastDone) return 0;
      const rate = perSecond();
      return rate === 0 ? Number.POSITIVE_INFINITY : ((total - lastDone) / rate) * 1000;
    },
  };
}
