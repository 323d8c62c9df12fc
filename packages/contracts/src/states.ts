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

/**
 * States of a sweep.
 * - `running`: until every trial is terminal.
 * - `paused`: running trials finish, none is started.
 * - `stopping`: as `paused`, and ends when the running trials have; those that waited are cancelled.
 * - `completed`: every trial has a result. Terminal until extended.
 * - `failed`: every trial is terminal, some failed. Terminal until retried or extended.
 * - `stopped`, `cancelled`: ended by the user, after or without its running trials. Terminal until retried.
 */
export const sweepStates = ["running", "paused", "stopping", "completed", "failed", "stopped", "cancelled"] as const;
export const sweepStateSchema = z.enum(sweepStates);
export type SweepState = z.infer<typeof sweepStateSchema>;

/** What users do to a sweep. What each does in each state: `verbTable` of `@smoothsweep/sweeps`. */
export const sweepVerbs = [
  "pause",
  "resume",
  "stop",
  "cancel",
  "retry",
  "extend",
  "archive",
  "unarchive",
  "delete",
] as const;
export type SweepVerb = (typeof sweepVerbs)[number];

/** Whether a trial in this state will never change by itself. */
export function isTerminalTrialState(state: TrialState): boolean {
  return state === "completed" || state === "failed" || state === "cancelled";
}

/** Whether a sweep in this state will never change by itself. */
export function isTerminalSweepState(state: SweepState): boolean {
  return state !== "running" && state !== "paused" && state !== "stopping";
}
