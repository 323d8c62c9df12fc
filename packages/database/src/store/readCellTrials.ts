import type { CellTrial, CellTrialPage, Page } from "@smoothsweep/sweeps";
import type { Reader } from "../connection/openDatabase.ts";
import { readCellTrialsSql } from "../sql/readCellTrials.ts";
import { decodeOrdinal, encodeCursor } from "./cursor.ts";
import { requireSweep } from "./reads.ts";

/** Trials that a page of cells is summarised from, at most: what bounds the memory of a page. */
const TRIALS_PER_PAGE = 5000;

interface Row extends CellTrial {
  /** Ordinal of the cell's first trial: the place of the cell. */
  first: number;
  /** Cells of this page and of those after it. */
  ahead: number;
}

/** The trials of a page of cells. */
export async function listCellTrials(
  { prisma }: { prisma: Reader },
  sweepId: string,
  { limit, cursor }: Page,
): Promise<CellTrialPage> {
  const after = cursor === undefined ? -1 : decodeOrdinal(cursor);
  const rows = await prisma.$queryRawUnsafe<Row[]>(readCellTrialsSql, sweepId, after, limit, TRIALS_PER_PAGE);
  if (rows.length === 0) await requireSweep(prisma, sweepId);
  const places = new Set(rows.map(({ first }) => first));
  const isLast = (rows[0]?.ahead ?? 0) <= places.size;
  return {
    items: rows.map(({ first: _, ahead: __, ...trial }) => trial),
    nextCursor: isLast ? null : encodeCursor([String(Math.max(...places))]),
  };
}
