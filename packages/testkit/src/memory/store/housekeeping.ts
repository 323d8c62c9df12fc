import { isTerminalSweepState } from "@smoothsweep/contracts";
import { frontCells, summariseCells, type Tidied } from "@smoothsweep/sweeps";
import { reusersOf } from "./deleteSweep.ts";
import { trialsOf } from "./queries.ts";
import { cellTrialOf } from "./reads.ts";
import type { SweepRow, Tables, TrialRow } from "./tables.ts";

const HOUR_MS = 3_600_000;
const DAY_MS = 24 * HOUR_MS;

/** Removes what is kept for a time only. */
export function tidy(tables: Tables): Tidied {
  const now = tables.now();
  const pruned = [...tables.trials.values()].filter((trial) => mayForget(tables, trial));
  for (const trial of pruned) trial.predictions = [];
  for (const sweep of tables.sweeps.values()) if (isToBePruned(sweep)) sweep.prunedAt = now;
  const isOld = (moment: number | null, ms: number) => moment !== null && moment < now - ms;
  const forgotten = [...tables.submissions].filter(([, { createdAt }]) => isOld(createdAt, 7 * DAY_MS));
  for (const [key] of forgotten) tables.submissions.delete(key);
  const before = tables.outbox.length;
  tables.outbox = tables.outbox.filter(
    ({ sweepId, sentAt }) => !isOld(sentAt, HOUR_MS) || !isOld(tables.sweeps.get(sweepId)!.endedAt, HOUR_MS),
  );
  return { predictions: pruned.length, submissions: forgotten.length, tokens: before - tables.outbox.length };
}

/** Whether predictions are there that their sweep keeps no longer, and that no other sweep shows. */
function mayForget(tables: Tables, trial: TrialRow): boolean {
  const sweep = tables.sweeps.get(trial.sweepId)!;
  const { days = Number.POSITIVE_INFINITY } = sweep.spec.predictions;
  const isOld = trial.result !== null && trial.result.acceptedAt < tables.now() - days * DAY_MS;
  const isBeaten = isToBePruned(sweep) && !frontOf(tables, sweep).has(trial.cell.id);
  return trial.predictions.length > 0 && (isOld || isBeaten) && reusersOf(tables, trial).length === 0;
}

/** Once after each end. */
function isToBePruned({ state, prunedAt, spec }: SweepRow): boolean {
  return spec.predictions.keep === "pareto" && isTerminalSweepState(state) && prunedAt === null;
}

function frontOf(tables: Tables, { id }: SweepRow): Set<string> {
  const trials = trialsOf(tables, id).map((trial) => cellTrialOf(tables, trial));
  return new Set(frontCells(summariseCells(trials)).map((cell) => cell.id));
}
