import {
  AppError,
  type EngineInfo,
  type SweepDetail,
  type SweepList,
  type SweepState,
  type SweepSummary,
} from "@smoothsweep/contracts";
import { offeredVerbs, progressOf, refusedVerbs, type TrialStore } from "@smoothsweep/sweeps";
import type { Database, Reader } from "../connection/openDatabase.ts";
import { selectSweepsSql } from "../sql/readSweeps.ts";
import { decodeCursor, encodeCursor, invalidCursor } from "./cursor.ts";

interface SweepRow {
  id: string;
  name: string;
  description: string;
  state: SweepState;
  specHash: string;
  spec: SweepDetail["spec"];
  snapshot: SweepDetail["snapshot"];
  asked: number;
  distinct: number;
  lastEventId: number;
  createdAt: Date;
  startedAt: Date | null;
  endedAt: Date | null;
  elapsedSeconds: number | null;
  pending: number;
  running: number;
  completed: number;
  failed: number;
  cancelled: number;
  reused: number;
  identical: number;
  close: number;
  different: number;
  priority: number;
  archivedAt: Date | null;
  engines: EngineInfo[];
}

/** The error of an id that names nothing. */
export function notFound(what: "sweep" | "trial" | "worker", id: string): AppError {
  return new AppError("not_found", `there is no ${what} with the id ${JSON.stringify(id)}`, { context: { id } });
}

/** @throws AppError `not_found` */
export async function requireSweep(sql: Reader, sweepId: string): Promise<void> {
  const rows = await sql.$queryRawUnsafe<unknown[]>("SELECT 1 FROM sweep WHERE id = $1", sweepId);
  if (rows.length === 0) throw notFound("sweep", sweepId);
}

/** One sweep with its specification. */
export async function getSweep({ prisma }: { prisma: Reader }, sweepId: string): Promise<SweepDetail> {
  const [row] = await prisma.$queryRawUnsafe<SweepRow[]>(`${selectSweepsSql} WHERE s.id = $1`, sweepId);
  if (row === undefined) throw notFound("sweep", sweepId);
  const { spec, snapshot, lastEventId, state, archivedAt } = row;
  const isArchived = archivedAt !== null;
  return {
    ...toSummary(row),
    spec,
    snapshot,
    lastEventId,
    verbs: offeredVerbs(state, isArchived),
    refusals: refusedVerbs(state, isArchived),
  };
}

/** A page of sweeps, newest first. */
export async function listSweeps(
  database: Database,
  { limit, cursor, archived = "all" }: Parameters<TrialStore["listSweeps"]>[0],
): Promise<SweepList> {
  const [createdAt, id] = cursor === undefined ? [null, null] : positionOf(cursor);
  const rows = await database.prisma.$queryRawUnsafe<SweepRow[]>(
    `${selectSweepsSql}
     WHERE ($1::timestamptz IS NULL OR (s.created_at, s.id) < ($1::timestamptz, $2::text))
       AND ($4 = 'all' OR (s.archived_at IS NOT NULL) = ($4 = 'only'))
     ORDER BY s.created_at DESC, s.id DESC LIMIT $3`,
    createdAt,
    id,
    limit + 1,
    archived,
  );
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  const nextCursor = last === undefined ? null : encodeCursor([last.createdAt.toISOString(), last.id]);
  return { items: page.map(toSummary), nextCursor };
}

function positionOf(cursor: string): [createdAt: string, id: string] {
  const [createdAt, id] = decodeCursor(cursor, 2) as [string, string];
  if (Number.isNaN(Date.parse(createdAt)) || !/^\w+$/.test(id)) throw invalidCursor();
  return [new Date(createdAt).toISOString(), id];
}

function toSummary(row: SweepRow): SweepSummary {
  const { asked, distinct, pending, running, completed, failed, cancelled } = row;
  const counts = { asked, distinct, pending, running, completed, failed, cancelled };
  return {
    id: row.id,
    name: row.name,
    description: row.description,
    state: row.state,
    specHash: row.specHash,
    dataset: row.spec.data.dataset,
    counts,
    reused: row.reused,
    audits: { identical: row.identical, close: row.close, different: row.different },
    priority: row.priority,
    progress: progressOf(counts, row.elapsedSeconds),
    engines: row.engines,
    createdAt: row.createdAt.toISOString(),
    startedAt: row.startedAt?.toISOString() ?? null,
    endedAt: row.endedAt?.toISOString() ?? null,
    archivedAt: row.archivedAt?.toISOString() ?? null,
  };
}
