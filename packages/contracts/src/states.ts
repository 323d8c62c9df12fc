import { z } from "zod";

/**
 * States of a trial.
 * - `pending`: waits for a worker. Entered at submission, or when an attempt was lost.
 * - `running`: one attempt holds its lease and its fencing token.
 * - `completed`: a result was accepted. Terminal.
 * - `failed`: ended without a result, with a reason. Terminal until retried.
 * - `cancelled`: ended by the user. Terminal.
 */
export const trialStates = ["pending", "running", "completed", "failed", "cancelled"] as const;
export const trialStateSchema = z.enum(trialStates);
export type TrialState = z.infer<typeof trialStateSchema>;

/** States of a sweep: `running` until every trial is terminal, then `completed` (all did) or `failed` (some did not). */
export const sweepStates = ["running", "completed", "failed", "cancelled"] as const;
export const sweepStateSchema = z.enum(sweepStates);
export type SweepState = z.infer<typeof sweepStateSchema>;

/** Whether a trial in this state will never change by itself. */
export function isTerminalTrialState(state: TrialState): boolean {
  return state === "completed" || state === "failed" || state === "cancelled";
}

/** Whether a sweep in this state will never change by itself. */
export function isTerminalSweepState(state: SweepState): boolean {
  return state !== "running";
}
