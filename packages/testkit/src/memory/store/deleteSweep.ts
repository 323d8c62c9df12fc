import { AppError } from "@smoothsweep/contracts";
import type { DeletionPreview } from "@smoothsweep/sweeps";
import { sha256 } from "../../factories/sweepFactory.ts";
import { sweepOf, trialsOf } from "./queries.ts";
import type { Tables, TrialRow } from "./tables.ts";
import { ruleFor } from "./verbs.ts";

/** What deleting a sweep would remove. The token fits the sweep as it is now, for every change of it is an event. */
export function previewDeletion(tables: Tables, sweepId: string): DeletionPreview {
  const { spec } = sweepOf(tables, sweepId);
  const trials = trialsOf(tables, sweepId);
  const blobs = trials.flatMap(({ predictions }) => predictions);
  return {
    ...{ sweepId, name: spec.name, trials: trials.length },
    results: trials.filter(({ result }) => result !== null).length,
    predictionBytes: blobs.reduce((sum, { bytes }) => sum + bytes.length, 0),
    reusedElsewhere: trials.flatMap((trial) => reusersOf(tables, trial)).length,
    confirm: sha256(`delete ${sweepId} ${tables.feed.newestId(sweepId)}`).slice(0, 12),
  };
}

/** Removes a sweep and all that belongs to it. */
export function deleteSweep(tables: Tables, sweepId: string, confirm: string): void {
  ruleFor(tables, sweepId, "delete");
  if (confirm !== previewDeletion(tables, sweepId).confirm) {
    throw new AppError("confirmation_mismatch", "`confirm` must be the token of the sweep's current deletion preview");
  }
  const { sweeps, trials, submissions, feed } = tables;
  for (const trial of trialsOf(tables, sweepId)) {
    handOver(tables, trial);
    trials.delete(trial.id);
  }
  for (const [key, { answer }] of submissions) if (answer.id === sweepId) submissions.delete(key);
  tables.outbox = tables.outbox.filter((token) => token.sweepId !== sweepId);
  sweeps.delete(sweepId);
  feed.forget(sweepId);
}

/** Trials of other sweeps that have the result of this one, the oldest first. */
export function reusersOf({ trials }: Tables, { id }: TrialRow): TrialRow[] {
  const users = [...trials.values()].filter(({ reusedFrom }) => reusedFrom === id);
  return users.toSorted((left, right) => left.endedAt! - right.endedAt!);
}

/** The oldest trial that reuses a result inherits what was shown from it, and is from then on the one that was trained. */
function handOver(tables: Tables, trial: TrialRow): void {
  const [heir, ...others] = reusersOf(tables, trial);
  for (const audited of tables.trials.values()) {
    if (audited.auditOf === trial.id) audited.auditOf = heir?.id ?? null;
  }
  if (heir === undefined) return;
  const { token, reports, predictions } = trial;
  Object.assign(heir, { token, reports, predictions, reusedFrom: null });
  for (const other of others) other.reusedFrom = heir.id;
}
