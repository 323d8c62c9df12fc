import { isTerminalSweepState, type SweepState } from "@smoothsweep/contracts";
import { trainedOf } from "./queries.ts";
import type { SweepRow, Tables } from "./tables.ts";

/** Moves a sweep into a state; it ends, or goes on, with it. */
export function enter(tables: Tables, sweep: SweepRow, state: SweepState): void {
  const endedAt = isTerminalSweepState(state) ? tables.now() : null;
  Object.assign(sweep, { state, endedAt, prunedAt: null } satisfies Partial<SweepRow>);
}

/** Law: a sweep ends with its last open trial, as what its trials came to. */
export function endIfDone(tables: Tables, sweep: SweepRow): void {
  if (isTerminalSweepState(sweep.state) || trainedOf(tables, sweep.id, ["pending", "running"]).length > 0) return;
  const has = (state: "cancelled" | "failed") => trainedOf(tables, sweep.id, [state]).length > 0;
  const state = has("cancelled") ? "stopped" : has("failed") ? "failed" : "completed";
  enter(tables, sweep, state);
  tables.feed.append(sweep.id, [{ type: "sweep.ended", data: { state } }]);
}
