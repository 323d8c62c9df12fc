import { randomUUID } from "node:crypto";
import { isAppError, type SweepDetail } from "@smoothsweep/contracts";
import type { Logger } from "@smoothsweep/runtime";
import { type RevocationFeed, type TokenHandler, TRIALS_PER_TOKEN, type TrialStore } from "@smoothsweep/sweeps";
import type { TrainingProcess } from "../supervision/trainingProcess.ts";
import type { PackSizes } from "./packSizes.ts";
import { retrying } from "./retrying.ts";
import { runPack } from "./runPack.ts";

export interface TokenDependencies {
  store: TrialStore;
  /** The living training child; a dead one is replaced. */
  training: () => Promise<TrainingProcess>;
  workerId: string;
  provenance: Record<string, unknown>;
  leaseMs: number;
  revocations: Pick<RevocationFeed, "subscribe">;
  /** How many trials a pack should have; the engine's own number when left out. */
  packSizes?: PackSizes;
  /** Raised when the worker takes no more work: the pack that runs may still finish. */
  draining: AbortSignal;
  /** Raised when it may not: what is not done is handed back. */
  ending: AbortSignal;
  logger: Logger;
}

/**
 * Handles "group G has work": claims packs until about as many trials as a token stands for are done. Nothing left to
 * claim ends it at once. A worker that drains gives the rest of its token back. While the database is away the token
 * waits with its worker.
 */
export function createTokenHandler(dependencies: TokenDependencies): TokenHandler {
  const { store, training, workerId, provenance, leaseMs, revocations, packSizes, draining, ending, logger } =
    dependencies;
  const sweepOf = keepSweep(store);
  return async ({ groupId, sweepId, place }, signal) => {
    const stop = AbortSignal.any([draining, signal]);
    const scope = logger.child({ sweepId, groupId });
    try {
      for (let handled = 0; handled < TRIALS_PER_TOKEN; ) {
        // Before the claim: from there on the leases run.
        const sweep = await retrying(() => sweepOf(sweepId), stop);
        const child = await training();
        if (stop.aborted) return "again";
        const limit = (await packSizes?.next(child, sweep.spec)) ?? child.packCapacity;
        // A request whose answer was lost is asked again as the same, and gets what it was given.
        const request = { groupId, workerId, limit, leaseMs, place, requestId: randomUUID() };
        const claims = await retrying(() => store.claimTrials(request), stop);
        if (claims.length === 0) return "done";
        handled += claims.length;
        await runPack({
          store,
          training: packSizes?.measuring(child, sweep.spec, limit) ?? child,
          sweep,
          claims,
          provenance,
          leaseMs,
          revocations,
          signal: AbortSignal.any([ending, signal]),
          logger: scope,
        });
      }
      return "done";
    } catch (error) {
      if (stop.aborted) return "again";
      if (isAppError(error) && error.code === "not_found") return "done";
      throw error;
    }
  };
}

/** Sweeps do not change; the last one is kept, because packs of a sweep come one after another. */
function keepSweep(store: TrialStore): (sweepId: string) => Promise<SweepDetail> {
  let kept: SweepDetail | undefined;
  return async (sweepId) => {
    if (kept?.id !== sweepId) kept = await store.getSweep(sweepId);
    return kept;
  };
}
