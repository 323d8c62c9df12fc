import type { Cell, ExportedReport, ExportedTrial } from "@smoothsweep/contracts";
import { type CellTrialPage, summariseCells } from "@smoothsweep/sweeps";
import type { Reader } from "../connection/openDatabase.ts";
import { lastOrdinalSql, readReportsSql } from "../sql/readReports.ts";
import { listCellTrials } from "../store/readCellTrials.ts";
import { readTrials } from "../store/readTrials.ts";

/** Rows read at a time: what an export holds in memory, some hundred kilobytes. */
const TRIALS_PER_PAGE = 200;
const REPORTS_PER_PAGE = 1000;
/** Each page counts all cells anew, so that few pages are quicker; their trials are bounded as well. */
const CELLS_PER_PAGE = 1000;

export async function* trialPages(sql: Reader, sweepId: string): AsyncGenerator<ExportedTrial[]> {
  let after = -1;
  for (;;) {
    const rows = await readTrials(sql, { sweepId, after, limit: TRIALS_PER_PAGE });
    yield rows;
    if (rows.length < TRIALS_PER_PAGE) return;
    after = rows.at(-1)!.ordinal;
  }
}

export async function* cellPages(sql: Reader, sweepId: string): AsyncGenerator<Cell[]> {
  let cursor: string | null | undefined;
  while (cursor !== null) {
    const page: CellTrialPage = await listCellTrials({ prisma: sql }, sweepId, { limit: CELLS_PER_PAGE, cursor });
    yield summariseCells(page.items);
    cursor = page.nextCursor;
  }
}

export async function* reportPages(sql: Reader, sweepId: string): AsyncGenerator<ExportedReport[]> {
  const [last] = await sql.$queryRawUnsafe<[{ ordinal: number }]>(lastOrdinalSql, sweepId);
  for (let first = 0; first <= last.ordinal; first += TRIALS_PER_PAGE) {
    yield* reportsOf(sql, { sweepId, first, last: first + TRIALS_PER_PAGE - 1 });
  }
}

async function* reportsOf(
  sql: Reader,
  { sweepId, first, last }: { sweepId: string; first: number; last: number },
): AsyncGenerator<ExportedReport[]> {
  let after = [first, 0];
  for (;;) {
    const parameters = [sweepId, ...after, last, REPORTS_PER_PAGE];
    const rows = await sql.$queryRawUnsafe<ExportedReport[]>(readReportsSql, ...parameters);
    yield rows;
    const end = rows.at(-1);
    if (end === undefined || rows.length < REPORTS_PER_PAGE) return;
    after = [end.ordinal, end.report.epoch];
  }
}
