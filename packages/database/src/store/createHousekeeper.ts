import type { Cell } from "@smoothsweep/contracts";
import { type CellTrialPage, frontCells, type Housekeeper, summariseCells } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { translateErrors } from "../connection/translateErrors.ts";
import { forgetSubmissionsSql, forgetTokensSql, pruneCellsSql, pruneOldSql, unprunedSweepsSql } from "../sql/tidy.ts";
import { holdSweep } from "./holdSweep.ts";
import { listCellTrials } from "./readCellTrials.ts";
import { transaction } from "./transaction.ts";

const CELLS_PER_PAGE = 1000;

interface Removed {
  removed: number;
}

/** The port {@link Housekeeper} on PostgreSQL. */
export function createHousekeeper(database: Database): Housekeeper {
  const { prisma } = database;
  return translateErrors({
    tidy: async () => {
      return {
        predictions: (await pruneEnded(database)) + (await pruneOld(database)),
        submissions: await prisma.$executeRawUnsafe(forgetSubmissionsSql),
        tokens: await prisma.$executeRawUnsafe(forgetTokensSql),
      };
    },
  });
}

/** Sweep by sweep: who was pruned is not found again. */
async function pruneEnded(database: Database): Promise<number> {
  let removed = 0;
  for (;;) {
    const sweeps = await database.prisma.$queryRawUnsafe<{ sweepId: string }[]>(unprunedSweepsSql);
    if (sweeps.length === 0) return removed;
    for (const { sweepId } of sweeps) removed += await pruneSweep(database, sweepId);
  }
}

async function pruneOld({ prisma }: Database): Promise<number> {
  let removed = 0;
  for (;;) {
    const [some] = await prisma.$queryRawUnsafe<Removed[]>(pruneOldSql);
    if (some === undefined || some.removed === 0) return removed;
    removed += some.removed;
  }
}

/** Removes the predictions of cells that another one beats. A sweep that goes on meanwhile is left alone. */
async function pruneSweep(database: Database, sweepId: string): Promise<number> {
  const front = (await readFront(database, sweepId)).map(({ id }) => id);
  return transaction(database, async (sql) => {
    await holdSweep(sql, sweepId);
    const marked = await sql.$executeRawUnsafe(
      "UPDATE sweep SET pruned_at = now() WHERE id = $1 AND pruned_at IS NULL AND ended_at IS NOT NULL",
      sweepId,
    );
    if (marked === 0) return 0;
    const [pruned] = await sql.$queryRawUnsafe<Removed[]>(pruneCellsSql, sweepId, front);
    return pruned?.removed ?? 0;
  });
}

/** The front of a sweep, page by page: what a page's own front leaves out, no other page brings back. */
async function readFront(database: Database, sweepId: string): Promise<Cell[]> {
  let front: Cell[] = [];
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: CellTrialPage = await listCellTrials(database, sweepId, { limit: CELLS_PER_PAGE, cursor });
    front = frontCells([...front, ...summariseCells(page.items)]);
    cursor = page.nextCursor;
  }
  return front;
}
