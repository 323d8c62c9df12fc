import { z } from "zod";
import { positiveNumber, realNumber, wholeNumber } from "./fields.ts";

/** Why an attempt can end without a result although another attempt may succeed. */
export const retryableTrialCodes = [
  "training_failed",
  "training_stalled",
  "child_exited",
  "engine_broken",
  "worker_lost",
  "dataset_unreachable",
  "internal",
] as const;
export type RetryableTrialCode = (typeof retryableTrialCodes)[number];

/**
 * When a trial is tried again. An attempt that reports a failure counts against `attempts`. One whose worker or child
 * vanished is a loss: all trials of its pack are suspects and share smaller packs next time, and only a loss alone
 * counts against `losses`.
 */
export const retryPolicySchema = z.strictObject({
  /** Failed attempts after which the trial has failed; 1 never tries again. */
  attempts: wholeNumber(1, 100).default(3),
  /** Losses alone after which the trial has failed as `poison_trial`. */
  losses: wholeNumber(1, 100).default(5),
  /** Pause before the second attempt, in seconds of the database's clock; after a loss it begins with the second loss. */
  backoffSeconds: realNumber(0, 3600).default(1),
  /** Each further pause is so many times as long. */
  backoffFactor: realNumber(1, 10).default(2),
  backoffMaxSeconds: realNumber(0, 86_400).default(60),
  /** The codes that another attempt may help; any other fails the trial at once. Divergence never helps. */
  on: z.array(z.enum(retryableTrialCodes)).default([...retryableTrialCodes]),
});
export type RetryPolicy = z.infer<typeof retryPolicySchema>;

/** Weight of a sweep against others: each step doubles its share of the workers. */
export const PRIORITY_MAX = 4;

/** How a sweep is executed; nothing here changes what a trial computes. */
export const executionSpecFields = {
  /** Share of the workers against other sweeps: each step up doubles it. */
  priority: wholeNumber(-PRIORITY_MAX, PRIORITY_MAX).default(0),
  retry: retryPolicySchema.default({
    attempts: 3,
    losses: 5,
    backoffSeconds: 1,
    backoffFactor: 2,
    backoffMaxSeconds: 60,
    on: [...retryableTrialCodes],
  }),
  /** Results of other sweeps with the same fingerprint: taken over, not looked at, or taken over and partly repeated. */
  cache: z.enum(["use", "off", "verify"]).default("use"),
  /** With `cache: verify`: the share of reusable trials that are trained again and compared. */
  verifyShare: positiveNumber(1).default(0.1),
  /** Which predictions (logits of validation and test rows) are kept. */
  predictions: z
    .strictObject({
      /** Those of all trials, of the cells that no other cell beats in accuracy and calibration, or of none. */
      keep: z.enum(["all", "pareto", "none"]).default("all"),
      /** Days after which they are removed; without it, never. */
      days: positiveNumber(36_500).exactOptional(),
    })
    .default({ keep: "all" }),
};
