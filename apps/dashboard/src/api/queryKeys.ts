/** Keys of everything that is cached, from general to particular. */
export const queryKeys = {
  sweeps: ["sweeps"],
  sweep: (sweepId: string) => ["sweeps", sweepId],
  sweepDetail: (sweepId: string) => ["sweeps", sweepId, "detail"],
  sweepCells: (sweepId: string) => ["sweeps", sweepId, "cells"],
  sweepTrials: (sweepId: string) => ["sweeps", sweepId, "trials"],
  /** What deleting it would remove. */
  deletion: (sweepId: string) => ["sweeps", sweepId, "deletion"],
  /** What extending it would add. */
  extension: (sweepId: string, extension: unknown) => ["sweeps", sweepId, "extension", extension],
  sweepList: ["sweeps", "list"],
  trial: (trialId: string) => ["trials", trialId],
} as const;
