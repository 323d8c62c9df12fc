import type { SweepDetail } from "@smoothsweep/contracts";
import type { Logger } from "@smoothsweep/runtime";
import { type TokenHandler, TRIALS_PER_TOKEN, type TrialStore } from "@smoothsweep/sweeps";
import type { TrainingProcess } from "../supervision/trainingProcess.ts";
import { runPack } from "./runPack.ts";

export interface TokenDependencies {
  store: TrialStore;
  /** The living training child; a dead one is replaced. */
  training: () => Promise<TrainingProcess>;
  workerId: string;
  provenance: Record<string, unknown>;
  leaseMs: number;
  draining: AbortSignal;
  logger: Logger;
}

/**
 * Handles "group G has work": claims packs until about as many trials as a token stands for are done. Nothing left to
 * claim ends it at once.
 */
export function createTokenHandler(dependencies: TokenDependencies): TokenHandler {
  const { store, training, workerId, provenance, leaseMs, draining, logger } = dependencies;
  let sweep: SweepDetail | undefined;
  return async (job, signal) => {
    const { groupId, sweepId } = job;
    const stop = AbortSignal.any([draining, signal]);
    for (let handled = 0; handled < TRIALS_PER_TOKEN && !stop.aborted; ) {
      const child = await training();
      const claims = await store.claimTrials({ groupId, workerId, limit: child.packCapacity, leaseMs });
      if (claims.length === 0) return;
      handled += claims.length;
      if (sweep?.id !== sweepId) sweep = await store.getSweep(sweepId);
      const scope = logger.child({ sweepId, groupId });
      await runPack({ store, training: child, sweep, claims, provenance, leaseMs, signal: stop, logger: scope });
    }
  };
}
