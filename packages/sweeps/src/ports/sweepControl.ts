import type { SweepState, SweepVerb } from "@smoothsweep/contracts";
import type { SweepExtension } from "../planning/planExtension.ts";

/** What a verb did. */
export interface VerbOutcome {
  /** The sweep's state afterwards. */
  state: SweepState;
  isArchived: boolean;
  /** False when it was so already: verbs are idempotent. */
  changed: boolean;
  /** Trials whose state changed. */
  trials: number;
}

export interface ExtensionOutcome extends VerbOutcome {
  /** Trials added, equivalents counted, and how many of them were completed with results of other sweeps. */
  added: number;
  reused: number;
}

/** What an extension would add. */
export interface ExtensionPreview {
  /** Trials, equivalents counted. */
  added: number;
  /** Of these, how many are no equivalents: they are trained, unless a result is reused. */
  distinct: number;
  /** Of the distinct ones, how many have a result in another sweep; `cache: verify` trains a share of them again. */
  reusable: number;
}

/** What deleting a sweep would remove, and the token that confirms it: void as soon as the sweep changes. */
export interface DeletionPreview {
  sweepId: string;
  name: string;
  trials: number;
  results: number;
  predictionBytes: number;
  /** Results of other sweeps that were taken over from this one; they stay. */
  reusedElsewhere: number;
  confirm: string;
}

/**
 * What users do to sweeps.
 *
 * Laws: every verb does in every state what `verbTable` says, atomically; verbs on one sweep never overlap, and none
 * overlaps the end of the sweep's last trial. Repeating a verb changes nothing. After `cancel` no claim of the sweep
 * holds, and {@link RevocationFeed} wakes after the commit. A result that was accepted is never taken away but by `delete`.
 * Every method throws AppError `not_found`, and `verb_refused` with the reason and what to do instead.
 */
export interface SweepControl {
  apply(sweepId: string, verb: Exclude<SweepVerb, "extend" | "delete">): Promise<VerbOutcome>;
  /**
   * Adds the trials that the sweep has not got yet. What it has stays as it is, results included.
   * @throws AppError `invalid_request`, `invalid_spec`: what a submission is refused for
   */
  extend(sweepId: string, extension: SweepExtension): Promise<ExtensionOutcome>;
  /** What {@link extend} would add now; refuses what it refuses, and changes nothing. */
  previewExtension(sweepId: string, extension: SweepExtension): Promise<ExtensionPreview>;
  /** What {@link delete} would remove. */
  previewDeletion(sweepId: string): Promise<DeletionPreview>;
  /**
   * Removes the sweep and all that belongs to it. Reports and predictions that another sweep's reused trial shows are
   * handed over to that trial.
   * @throws AppError `confirmation_mismatch` when `confirm` is not the current preview's
   */
  delete(sweepId: string, confirm: string): Promise<void>;
}
