import type { EpochReport, ExportedTrial, TrialDetail, TrialList, TrialState } from "@smoothsweep/contracts";
import type { Page } from "@smoothsweep/sweeps";
import type { Database, Reader } from "../connection/openDatabase.ts";
import { readTrialSql, readTrialsSql } from "../sql/readTrials.ts";
import { decodeOrdinal, encodeCursor } from "./cursor.ts";
import { notFound, requireSweep } from "./reads.ts";

interface TrialRow extends Omit<ExportedTrial, "startedAt" | "endedAt"> {
  startedAt: Date | null;
  endedAt: Date | null;
  /** The attempt whose reports are shown: its own, or the one that made a reused result. */
  trainedId: string;
  trainedToken: number;
}

interface TrialRange {
  sweepId: string;
  /** Ordinal after which to begin. */
  after: number;
  limit: number;
  state?: TrialState | undefined;
}

/** A page of a sweep's trials in the order of their cells. */
export async function listTrials(
  { prisma }: { prisma: Reader },
  sweepId: string,
  { limit, cursor, state }: Page & { state?: TrialState | undefined },
): Promise<TrialList> {
  await requireSweep(prisma, sweepId);
  const after = cursor === undefined ? -1 : decodeOrdinal(cursor);
  const trials = await readTrials(prisma, { sweepId, after, limit: limit + 1, state });
  const page = trials.slice(0, limit);
  const last = trials.length > limit ? page.at(-1) : undefined;
  const items = page.map(({ provenance: _, ...trial }) => trial);
  return { items, nextCursor: last === undefined ? null : encodeCursor([String(last.ordinal)]) };
}

/** Trials of a sweep by ordinal, with what computed them. An equivalent is in the state of its representative. */
export async function readTrials(sql: Reader, { sweepId, after, limit, state }: TrialRange): Promise<ExportedTrial[]> {
  const rows = await sql.$queryRawUnsafe<TrialRow[]>(readTrialsSql, sweepId, after, state ?? null, limit);
  return rows.map(toTrial);
}

/** One trial with the reports of its newest attempt. */
export async function getTrial({ prisma }: Database, trialId: string): Promise<TrialDetail> {
  const [row] = await prisma.$queryRawUnsafe<TrialRow[]>(readTrialSql, trialId);
  if (row === undefined) throw notFound("trial", trialId);
  const reports = await prisma.report.findMany({
    where: { trialId: row.trainedId, token: row.trainedToken },
    orderBy: { epoch: "asc" },
  });
  return { ...toTrial(row), reports: reports.map(({ metrics }) => metrics as unknown as EpochReport) };
}

function toTrial({ trainedId: _, trainedToken: __, startedAt, endedAt, ...row }: TrialRow): ExportedTrial {
  return { ...row, startedAt: startedAt?.toISOString() ?? null, endedAt: endedAt?.toISOString() ?? null };
}
