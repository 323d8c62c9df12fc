/** Keys of everything that is cached, from general to particular. */
export const queryKeys = {
  sweeps: ["sweeps"],
  sweep: (sweepId: string) => ["sweeps", sweepId],
  sweepDetail: (sweepId: string) => ["sweeps", sweepId, "detail"],
  sweepCells: (sweepId: string) => ["sweeps", sweepId, "cells"],
  sweepTrials: (sweepId: string) => ["sweeps", sweepId, "trials"],
  sweepList: ["sweeps", "list"],
  trial: (trialId: string) => ["trials", trialId],
} as const;
