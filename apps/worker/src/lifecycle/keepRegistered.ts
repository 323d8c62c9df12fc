import { every, type Logger } from "@smoothsweep/runtime";
import type { WorkerRegistry } from "@smoothsweep/sweeps";
import { isOutage } from "../packs/retrying.ts";

const HEARTBEAT_MS = 5_000;

/** Says again and again that the worker lives. @returns the way to stop it. */
export function keepRegistered(registry: WorkerRegistry, workerId: string, logger: Logger): () => Promise<void> {
  const heartbeat = every(HEARTBEAT_MS, {
    work: async () => {
      await registry.heartbeat(workerId);
    },
    onError: (error) => {
      if (!isOutage(error)) logger.warn({ err: error }, "no heartbeat");
    },
    isDelayed: true,
  });
  return () => heartbeat.stop();
}
