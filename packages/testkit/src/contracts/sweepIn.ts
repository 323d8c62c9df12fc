import type { SweepSpecInput } from "@smoothsweep/contracts";
import type { LifecycleState, PlannedSweep } from "@smoothsweep/sweeps";
import { acceptedResult } from "../factories/resultFactory.ts";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { claimAll, type StoreHarness } from "./storeHarness.ts";

/** A sweep of its own in a state, brought there by what users and workers do. */
export async function sweepIn(
  { store, control }: StoreHarness,
  state: LifecycleState,
  changes: Partial<SweepSpecInput> = {},
): Promise<PlannedSweep> {
  const sweep = plannedSweep(changes);
  await store.createSweep(sweep);
  const claims = ["paused", "cancelled"].includes(state) ? [] : await claimAll(store, sweep, 1);
  if (state === "paused") await control.apply(sweep.id, "pause");
  if (state === "cancelled") await control.apply(sweep.id, "cancel");
  if (state === "stopping" || state === "stopped") await control.apply(sweep.id, "stop");
  if (state === "stopped") for (const claim of claims) await store.acceptResults([acceptedResult(claim)]);
  if (state === "paused") return sweep;
  if (["completed", "failed", "archived"].includes(state)) {
    const [first, ...others] = [...claims, ...(await claimAll(store, sweep))];
    for (const claim of others) await store.acceptResults([acceptedResult(claim)]);
    const failure = { ...first!, code: "trial_diverged", message: "NaN", retryable: false };
    await (state === "failed" ? store.failTrial(failure) : store.acceptResults([acceptedResult(first!)]));
  }
  if (state === "archived") await control.apply(sweep.id, "archive");
  return sweep;
}
