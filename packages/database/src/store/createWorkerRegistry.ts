import { AppError, type EngineInfo } from "@smoothsweep/contracts";
import type { HeartbeatAnswer, RegisteredWorker, WorkerDescription, WorkerRegistry } from "@smoothsweep/sweeps";
import { hasErrorCode } from "../connection/errorCauses.ts";
import type { Database } from "../connection/openDatabase.ts";
import { translateErrors } from "../connection/translateErrors.ts";
import { announceSql, heartbeatSql, listWorkersSql } from "../sql/workers.ts";
import { notFound } from "./reads.ts";

/** The port {@link WorkerRegistry} on PostgreSQL. */
export function createWorkerRegistry(database: Database): WorkerRegistry {
  const { prisma } = database;
  return translateErrors({
    announce: async ({ protocol, version }) => {
      await prisma.$executeRawUnsafe(announceSql, protocol, version);
    },
    register: (worker) =>
      register(database, worker).catch((error: unknown) => {
        throw hasErrorCode(error, missingSchema) ? olderDatabase(worker, error) : error;
      }),
    heartbeat: async (workerId) => {
      const [answer] = await prisma.$queryRawUnsafe<HeartbeatAnswer[]>(heartbeatSql, workerId);
      return answer ?? { drain: true, reason: "the worker is not registered" };
    },
    drain: async (workerId, reason) => {
      const told = await prisma.$executeRaw`UPDATE worker SET draining_at = coalesce(draining_at, now()),
        drain_reason = coalesce(drain_reason, ${reason}) WHERE id = ${workerId}`;
      if (told === 0) throw notFound("worker", workerId);
    },
    retire: async (workerId) => {
      await prisma.$executeRaw`UPDATE worker SET seen_at = now(), ended_at = now() WHERE id = ${workerId}`;
    },
    list: (withinMs) => list(database, withinMs),
  });
}

/** A table or a column is not there: Prisma's codes and PostgreSQL's. */
const missingSchema = /^(P2021|P2022|42P01|42703)$/;

function olderDatabase({ version }: WorkerDescription, cause: unknown): AppError {
  return new AppError("version_skew", `the database must have the schema of version ${version}, it has an older one`, {
    cause,
    fix: "Start the API of that version first: it migrates the database.",
  });
}

async function register({ prisma }: Database, worker: WorkerDescription): Promise<void> {
  const installation = await prisma.installation.findUnique({ where: { id: 1 } });
  if (installation !== null && installation.protocol !== worker.protocol) {
    const { protocol, version } = installation;
    throw new AppError(
      "version_skew",
      `the worker's protocol must be ${protocol}, that of the API (${version}), got ${worker.protocol} (${worker.version})`,
      { fix: "Run the same version of API and workers; the API is updated first." },
    );
  }
  const { memoryBytes, engine, ...described } = worker;
  const row = { ...described, engine, device: engine.device };
  await prisma.worker.create({ data: { ...row, memoryBytes: memoryBytes === null ? null : BigInt(memoryBytes) } });
}

type WorkerRow = Omit<RegisteredWorker, "engine" | "startedAt" | "seenAt" | "endedAt"> & {
  engine: EngineInfo;
  startedAt: Date;
  seenAt: Date;
  endedAt: Date | null;
};

async function list({ prisma }: Database, withinMs: number): Promise<RegisteredWorker[]> {
  const rows = await prisma.$queryRawUnsafe<WorkerRow[]>(listWorkersSql, withinMs);
  return rows.map((row) => ({
    ...row,
    startedAt: row.startedAt.toISOString(),
    seenAt: row.seenAt.toISOString(),
    endedAt: row.endedAt?.toISOString() ?? null,
  }));
}
