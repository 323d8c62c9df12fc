import { AppError } from "@smoothsweep/contracts";
import type { RegisteredWorker, WorkerDescription, WorkerRegistry } from "@smoothsweep/sweeps";

type Installation = { protocol: number; version: string };
type Row = Omit<RegisteredWorker, "running"> & { seenMs: number };

/** The port {@link WorkerRegistry} in memory, and who counts workers. */
export interface MemoryWorkerRegistry extends WorkerRegistry {
  /** How many workers have not ended and were seen lately. */
  live(): number;
}

/** A worker that says nothing for so long takes no share of the work. */
const SILENCE_MS = 15_000;

/**
 * @param runningOf How many trials a worker holds, which the store knows.
 * @param clock Milliseconds since 1970.
 */
export function createMemoryWorkerRegistry(
  runningOf: (workerId: string) => number,
  clock: () => number,
): MemoryWorkerRegistry {
  const workers = new Map<string, Row>();
  let installation: Installation | undefined;
  const now = () => ({ ms: clock(), text: new Date(clock()).toISOString() });
  /** @returns when */
  const see = (row: Row): string => {
    const { ms, text } = now();
    Object.assign(row, { seenMs: ms, seenAt: text });
    return text;
  };
  const all = () => [...workers.values()];
  return {
    live: () => all().filter(({ endedAt, seenMs }) => endedAt === null && seenMs > now().ms - SILENCE_MS).length,
    announce: async (announced) => {
      if (installation === undefined || installation.protocol <= announced.protocol) installation = { ...announced };
    },
    register: async (worker) => {
      assertSameProtocol(worker, installation);
      const at = now();
      workers.set(worker.id, {
        ...structuredClone(worker),
        ...{ startedAt: at.text, seenAt: at.text, seenMs: at.ms, endedAt: null, drainReason: null },
      });
    },
    heartbeat: async (workerId) => {
      const row = workers.get(workerId);
      if (row === undefined) return { drain: true, reason: "the worker is not registered" };
      see(row);
      row.drainReason ??= skewOf(row, installation);
      return { drain: row.drainReason !== null, reason: row.drainReason };
    },
    drain: async (workerId, reason) => {
      const row = workers.get(workerId);
      if (row === undefined) throw new AppError("not_found", `the worker ${workerId} does not exist`);
      row.drainReason ??= reason;
    },
    retire: async (workerId) => {
      const row = workers.get(workerId);
      if (row !== undefined) row.endedAt = see(row);
    },
    list: async (withinMs) =>
      all()
        .filter(({ endedAt, seenMs }) => endedAt === null || seenMs > now().ms - withinMs)
        .toReversed()
        .slice(0, 1000)
        .map(({ seenMs: _, ...shown }) => ({ ...structuredClone(shown), running: runningOf(shown.id) })),
  };
}

function skewOf({ protocol, version }: WorkerDescription, installation: Installation | undefined): string | null {
  if (installation === undefined || installation.protocol === protocol) return null;
  const { protocol: spoken, version: release } = installation;
  return `the API speaks protocol ${spoken} (version ${release}), the worker ${protocol} (version ${version})`;
}

function assertSameProtocol(worker: WorkerDescription, installation: Installation | undefined): void {
  const skew = skewOf(worker, installation);
  if (skew !== null) throw new AppError("version_skew", skew, { fix: "Run the same version of API and workers." });
}
