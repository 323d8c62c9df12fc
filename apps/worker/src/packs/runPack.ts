import { randomUUID } from "node:crypto";
import { isAppError, type SweepDetail, toAppError } from "@smoothsweep/contracts";
import type { Logger } from "@smoothsweep/runtime";
import type { Claim, ClaimedTrial, RevocationFeed, TrialStore } from "@smoothsweep/sweeps";
import type { TrainingProcess } from "../supervision/trainingProcess.ts";
import { keepLeases } from "./keepLeases.ts";
import { createPackLedger } from "./packLedger.ts";
import { retrying } from "./retrying.ts";

export interface PackRun {
  store: TrialStore;
  training: TrainingProcess;
  sweep: SweepDetail;
  claims: readonly ClaimedTrial[];
  provenance: Record<string, unknown>;
  leaseMs: number;
  /** Tells that claims may be void, so that a cancelled pack is aborted before its next renewal. */
  revocations: Pick<RevocationFeed, "subscribe">;
  /** Aborted when the worker must end: what is not done is handed back. */
  signal: AbortSignal;
  logger: Logger;
}

/** How a child is lost with its pack; which of its trials was the reason is not known. */
const LOSSES: ReadonlySet<string> = new Set(["child_exited", "engine_broken", "training_stalled"]);

/** A trial that stalled before may be slow rather than hung: each attempt is given more time, up to so many times. */
const PATIENCE_MAX = 4;

/** Trains the claimed trials as one pack and commits what comes out. Afterwards no claim is left open. */
export async function runPack(run: PackRun): Promise<void> {
  const { store, training, claims, leaseMs, logger } = run;
  const startedAtMs = performance.now();
  const lostAll = new AbortController();
  const ledger = createPackLedger({
    store,
    claims,
    provenance: packProvenance(run),
    engine: training.engine,
    onAllLost: () => lostAll.abort(),
    logger,
  });
  const leases = keepLeases({ store, ledger, leaseMs, logger });
  const unsubscribe = run.revocations.subscribe((sweepId) => {
    if (sweepId === undefined || sweepId === run.sweep.id) leases.wake();
  });
  const signal = AbortSignal.any([run.signal, lostAll.signal]);
  const patience = Math.min(PATIENCE_MAX, Math.max(...claims.map(({ token }) => token)));
  let failure: unknown;
  try {
    await training.train(packRequest(run), ledger.write, { signal, patience });
  } catch (error) {
    failure = error;
  }
  logger.debug(codeOf(failure), "training ended");
  await ledger.settled();
  unsubscribe();
  await leases.stop();
  await closeOpenClaims(run, ledger.open(), failure);
  const seconds = (performance.now() - startedAtMs) / 1000;
  logger.info({ trials: claims.length, seconds, ...codeOf(failure) }, "pack ended");
}

function packProvenance({ provenance, sweep, claims }: PackRun): Record<string, unknown> {
  return { ...provenance, snapshotId: sweep.snapshot.id, seed: claims[0]?.seed, packSize: claims.length };
}

function packRequest({ sweep, claims }: PackRun) {
  const { model, seed } = claims[0]!;
  return {
    kind: "train" as const,
    packId: randomUUID(),
    data: sweep.spec.data,
    snapshotId: sweep.snapshot.id,
    model,
    seed,
    trials: claims.map(({ trialId, plan, training }) => ({ trialId, plan, training })),
  };
}

/** Trials that the child left open: handed back when we stopped it, lost when it vanished, else failed. */
async function closeOpenClaims(run: PackRun, open: readonly Claim[], failure: unknown): Promise<void> {
  const { store, signal, logger } = run;
  if (open.length === 0) return;
  if (signal.aborted || failure === undefined) {
    await retrying(() => store.returnTrials(open, signal.aborted ? "the worker drains" : "training left it open"));
    return;
  }
  const { code, message } = toAppError(failure, "training_failed");
  if (LOSSES.has(code)) {
    logger.warn(
      { code, reason: message, trials: open.length },
      "pack lost: its trials wait for packs of half the size",
    );
    await retrying(() => store.loseTrials(open, { code, message }));
    return;
  }
  for (const claim of open) {
    await retrying(() => store.failTrial({ ...claim, code, message, retryable: true })).catch((error: unknown) =>
      logger.warn({ err: error, ...claim }, "write refused"),
    );
  }
}

function codeOf(failure: unknown): { code?: string } {
  if (failure === undefined) return {};
  return { code: isAppError(failure) ? failure.code : "internal" };
}
