import type { RetryPolicy } from "@smoothsweep/contracts";

/** How often a trial has gone wrong so far. */
export interface TrialCounters {
  /** Attempts that reported a failure. */
  failures: number;
  /** Attempts whose worker or child vanished. */
  losses: number;
  /** Losses in which the trial was alone in its pack. */
  lossesAlone: number;
  /** At most so many trials may share its next pack; null is no limit. */
  packLimit: number | null;
}

/** What becomes of a trial whose attempt ended without a result. */
export type NextTry = TrialCounters &
  (
    | { state: "pending" /** Pause before it may be claimed. */; delayMs: number }
    | { state: "failed"; code: string; message: string }
  );

/** An attempt that ended by itself, without a result. */
export interface ReportedFailure {
  code: string;
  message: string;
  /** Whether the worker thinks that another attempt can help. */
  retryable: boolean;
}

/** After a reported failure: another attempt while the policy allows one, else failed with the reason of this one. */
export function afterFailure(policy: RetryPolicy, counters: TrialCounters, failure: ReportedFailure): NextTry {
  const { code, message, retryable } = failure;
  const failures = counters.failures + 1;
  const mayHelp = retryable && isRetried(policy, code);
  if (!mayHelp || failures >= policy.attempts) return { ...counters, failures, state: "failed", code, message };
  return { ...counters, failures, state: "pending", delayMs: backoffMs(policy, failures) };
}

/** Trials of one pack whose worker or child vanished. */
export interface PackLoss {
  code: string;
  message: string;
  /** How many trials of the pack had no end yet: each of them may be the culprit. */
  suspects: number;
}

/**
 * After a loss: the suspects share packs of at most half their number next time, so that a trial that brings its worker
 * down stands alone after log2(pack) losses. Only then does a loss count against it; innocent trials complete meanwhile.
 */
export function afterLoss(policy: RetryPolicy, counters: TrialCounters, loss: PackLoss): NextTry {
  const { code, message, suspects } = loss;
  const isAlone = suspects <= 1;
  const next = {
    ...counters,
    losses: counters.losses + 1,
    lossesAlone: counters.lossesAlone + (isAlone ? 1 : 0),
    packLimit: Math.max(1, Math.floor(suspects / 2)),
  };
  if (isAlone && !isRetried(policy, code)) return { ...next, state: "failed", code, message };
  if (next.lossesAlone >= policy.losses) {
    const reason = `its worker or training process vanished in each of ${next.lossesAlone} attempts in which it ran alone; the last: ${message}`;
    return { ...next, state: "failed", code: "poison_trial", message: reason };
  }
  return { ...next, state: "pending", delayMs: backoffMs(policy, next.losses - 1) };
}

function isRetried(policy: RetryPolicy, code: string): boolean {
  return (policy.on as readonly string[]).includes(code);
}

/** Pause before the next attempt after `count` reasons for one; none after none. */
export function backoffMs({ backoffSeconds, backoffFactor, backoffMaxSeconds }: RetryPolicy, count: number): number {
  if (count <= 0) return 0;
  return 1000 * Math.min(backoffMaxSeconds, backoffSeconds * backoffFactor ** (count - 1));
}
