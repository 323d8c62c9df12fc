import type {
  EngineInfo,
  EpochReport,
  Trial,
  TrialDetail,
  TrialList,
  TrialMetrics,
  TrialState,
} from "@smoothsweep/contracts";
import type { Page } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import type { Prisma } from "../generated/client.ts";
import { decodeOrdinal, encodeCursor } from "./cursor.ts";
import { notFound, requireSweep } from "./reads.ts";

const withResult = { cell: true, result: true, representative: { include: { result: true } } } as const;
type TrialRow = Prisma.TrialGetPayload<{ include: typeof withResult }>;

/** A page of a sweep's trials in the order of their cells. */
export async function listTrials(
  { prisma }: Database,
  sweepId: string,
  { limit, cursor, state }: Page & { state?: TrialState | undefined },
): Promise<TrialList> {
  await requireSweep(prisma, sweepId);
  const after = cursor === undefined ? -1 : decodeOrdinal(cursor);
  const rows = await prisma.trial.findMany({
    where: { sweepId, ordinal: { gt: after }, ...(state !== undefined && inState(state)) },
    orderBy: { ordinal: "asc" },
    take: limit + 1,
    include: withResult,
  });
  const page = rows.slice(0, limit);
  const last = rows.length > limit ? page.at(-1) : undefined;
  return { items: page.map(toTrial), nextCursor: last === undefined ? null : encodeCursor([String(last.ordinal)]) };
}

/** One trial with the reports of its newest attempt. */
export async function getTrial({ prisma }: Database, trialId: string): Promise<TrialDetail> {
  const row = await prisma.trial.findUnique({ where: { id: trialId }, include: withResult });
  if (row === null) throw notFound("trial", trialId);
  const owner = row.representative ?? row;
  // A reused result shows the reports of the attempt that made it.
  const trained = { trialId: owner.reusedFromId ?? owner.id, token: owner.result?.token ?? owner.fencingToken };
  const reports = await prisma.report.findMany({
    where: trained,
    orderBy: { epoch: "asc" },
  });
  return {
    ...toTrial(row),
    reports: reports.map(({ metrics }) => metrics as unknown as EpochReport),
    provenance: (owner.result?.provenance as Record<string, unknown> | undefined) ?? null,
  };
}

/** An equivalent is in the state of its representative. */
function inState(state: TrialState): Prisma.TrialWhereInput {
  return { OR: [{ representativeId: null, state }, { representative: { state } }] };
}

function toTrial(row: TrialRow): Trial {
  const owner = row.representative ?? row;
  const { result } = owner;
  return {
    id: row.id,
    sweepId: row.sweepId,
    ordinal: row.ordinal,
    cellId: row.cellId,
    cell: row.cell.values as Trial["cell"],
    seed: Number(row.seed),
    plan: row.cell.planSummary as unknown as Trial["plan"],
    state: owner.state,
    representativeId: row.representativeId,
    attempts: owner.fencingToken,
    losses: owner.losses,
    reusedFrom: owner.reusedFromId,
    audit: (owner.audit as unknown as Trial["audit"]) ?? null,
    metrics: (result?.metrics as unknown as TrialMetrics | undefined) ?? null,
    engine: (result?.engine as unknown as EngineInfo | undefined) ?? null,
    seconds: result?.seconds ?? null,
    failure:
      owner.state === "failed" ? { code: owner.failureCode ?? "internal", message: owner.failureMessage ?? "" } : null,
    startedAt: owner.startedAt?.toISOString() ?? null,
    endedAt: owner.endedAt?.toISOString() ?? null,
  };
}
