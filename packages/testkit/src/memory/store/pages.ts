import { AppError, type SweepList, type TrialList } from "@smoothsweep/contracts";
import type { CellTrialPage, Page, TrialStore } from "@smoothsweep/sweeps";
import { groupBy, ownerOf, sweepOf, trialsOf } from "./queries.ts";
import { cellTrialOf, shown, summaryOf } from "./reads.ts";
import type { Tables, TrialRow } from "./tables.ts";

/** A page of sweeps, newest first. */
export function listSweeps(
  tables: Tables,
  { archived = "all", ...page }: Parameters<TrialStore["listSweeps"]>[0],
): SweepList {
  const newest = [...tables.sweeps.values()].toReversed();
  const listed = newest.filter(
    ({ archivedAt }) => archived === "all" || (archivedAt !== null) === (archived === "only"),
  );
  // Newer sweeps have later times: position in the list is their age.
  const { items, nextCursor } = pageOf(listed, page, ({ createdAt }) => -createdAt);
  return { items: items.map((sweep) => summaryOf(tables, sweep)), nextCursor };
}

/** A page of a sweep's trials in the order of their cells. */
export function listTrials(
  tables: Tables,
  sweepId: string,
  { state, ...page }: Parameters<TrialStore["listTrials"]>[1],
): TrialList {
  sweepOf(tables, sweepId);
  const listed = trialsOf(tables, sweepId).filter(
    (trial) => state === undefined || ownerOf(tables, trial).state === state,
  );
  const { items, nextCursor } = pageOf(listed, page, ({ ordinal }) => ordinal);
  return { items: items.map((trial) => shown(tables, trial)), nextCursor };
}

const CELL_TRIALS_MAX = 5000;

/** The trials of a page of cells: as many cells as are asked for and may be summarised together, one at least. */
export function listCellTrials(tables: Tables, sweepId: string, page: Page): CellTrialPage {
  sweepOf(tables, sweepId);
  const cells = [...groupBy(trialsOf(tables, sweepId), ({ cell }) => cell.id).values()];
  const trialsUntil = (count: number) => asked.slice(0, count).reduce((sum, { length }) => sum + length, 0);
  const positionOf = (trials: readonly TrialRow[]) => trials[0]!.ordinal;
  const { items: asked } = pageOf(cells, page, positionOf);
  const fitting = asked.filter((_, index) => index === 0 || trialsUntil(index + 1) <= CELL_TRIALS_MAX);
  const { items, nextCursor } = pageOf(cells, { ...page, limit: fitting.length }, positionOf);
  const trials = items.flat().toSorted((left, right) => left.ordinal - right.ordinal);
  return { items: trials.map((trial) => cellTrialOf(tables, trial)), nextCursor };
}

/** What comes after the cursor, which is the position of the last item of the page before. */
function pageOf<T>(
  listed: readonly T[],
  { limit, cursor }: Page,
  positionOf: (item: T) => number,
): { items: T[]; nextCursor: string | null } {
  if (cursor !== undefined && !/^-?\d+$/.test(cursor)) {
    throw new AppError("invalid_request", "`cursor` must be a nextCursor of an earlier page");
  }
  const rest = listed.filter((item) => cursor === undefined || positionOf(item) > Number(cursor));
  const items = rest.slice(0, limit);
  return { items, nextCursor: rest.length > limit ? String(positionOf(items.at(-1)!)) : null };
}
