import { AppError, type SweepVerb } from "@smoothsweep/contracts";
import { lifecycleStateOf, type VerbEffect, type VerbOutcome, type VerbRule, verbTable } from "@smoothsweep/sweeps";
import { endIfDone, enter } from "./endSweep.ts";
import { lineUp } from "./line.ts";
import { sweepOf, trainedOf } from "./queries.ts";
import type { SweepRow, Tables, TrialRow } from "./tables.ts";

/** What the state table says. @throws AppError `not_found`, `verb_refused` */
export function ruleFor(tables: Tables, sweepId: string, verb: SweepVerb): Extract<VerbRule, { effect: unknown }> {
  const { state, archivedAt } = sweepOf(tables, sweepId);
  const rule = verbTable[verb][lifecycleStateOf(state, archivedAt !== null)];
  if ("effect" in rule) return rule;
  throw new AppError("verb_refused", `the sweep ${sweepId} cannot ${verb}: ${rule.refused}`, { fix: rule.fix });
}

/** Does to a sweep what the state table says. */
export function applyVerb(tables: Tables, sweepId: string, verb: Exclude<SweepVerb, "extend" | "delete">): VerbOutcome {
  const { effect } = ruleFor(tables, sweepId, verb);
  const sweep = sweepOf(tables, sweepId);
  if (effect === "none") return outcomeOf(sweep, { changed: false, trials: 0 });
  const trials = effects[effect as keyof typeof effects](tables, sweep).length;
  const changed = verb !== "retry" || trials > 0;
  if (changed) {
    const { state } = sweep;
    tables.feed.append(sweepId, [{ type: "sweep.changed", data: { verb, state, trials } }]);
    if (verb === "cancel") tables.feed.append(sweepId, [{ type: "sweep.ended", data: { state } }]);
    else endIfDone(tables, sweep);
  }
  return outcomeOf(sweep, { changed, trials });
}

/** A sweep as a verb left it. */
export function outcomeOf(
  { state, archivedAt }: SweepRow,
  { changed, trials }: Pick<VerbOutcome, "changed" | "trials">,
): VerbOutcome {
  return { state, isArchived: archivedAt !== null, changed, trials };
}

/** @returns the trials whose state changed */
type Effect = (tables: Tables, sweep: SweepRow) => readonly TrialRow[];

const effects: Readonly<Record<Exclude<VerbEffect, "extend" | "delete">, Effect>> = {
  pause: (tables, sweep) => {
    enter(tables, sweep, "paused");
    return [];
  },
  resume: (tables, sweep) => {
    enter(tables, sweep, "running");
    lineUp(tables, sweep);
    return [];
  },
  stop: (tables, sweep) => {
    enter(tables, sweep, "stopping");
    const failure = { code: "sweep_stopped", message: "the sweep was stopped before the trial ran" };
    return cancelTrials(tables, trainedOf(tables, sweep.id, ["pending"]), failure);
  },
  cancel: (tables, sweep) => {
    enter(tables, sweep, "cancelled");
    tables.revoke(sweep.id);
    const failure = { code: "sweep_cancelled", message: "the sweep was cancelled" };
    return cancelTrials(tables, trainedOf(tables, sweep.id, ["pending", "running"]), failure);
  },
  retry: (tables, sweep) => {
    const again = trainedOf(tables, sweep.id, ["failed", "cancelled"]);
    for (const trial of again) {
      // A suspect stays alone.
      const counters = { ...trial.counters, failures: 0, lossesAlone: 0 };
      Object.assign(trial, { state: "pending", counters, notBefore: 0, failure: null, endedAt: null });
    }
    if (again.length > 0) goOn(tables, sweep);
    return again;
  },
  archive: ({ now }, sweep) => {
    sweep.archivedAt = now();
    return [];
  },
  unarchive: (_tables, sweep) => {
    sweep.archivedAt = null;
    return [];
  },
};

/** More is to be done: a sweep that had ended runs again, one that is paused stays so. */
export function goOn(tables: Tables, sweep: SweepRow): void {
  if (sweep.state === "paused") return;
  enter(tables, sweep, "running");
  lineUp(tables, sweep);
}

function cancelTrials({ now }: Tables, open: readonly TrialRow[], failure: TrialRow["failure"]): readonly TrialRow[] {
  for (const trial of open) Object.assign(trial, { state: "cancelled", lease: null, failure, endedAt: now() });
  return open;
}
