import type { WorkerRegistry } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";

/** The port {@link WorkerRegistry} on PostgreSQL. */
export function createWorkerRegistry({ prisma }: Database): WorkerRegistry {
  return {
    register: async (worker) => {
      await prisma.worker.create({ data: worker });
    },
    heartbeat: async (workerId) => {
      await prisma.$executeRaw`UPDATE worker SET seen_at = now() WHERE id = ${workerId}`;
    },
    retire: async (workerId) => {
      await prisma.$executeRaw`UPDATE worker SET seen_at = now(), ended_at = now() WHERE id = ${workerId}`;
    },
  };
}
