import { every, type Logger } from "@smoothsweep/runtime";
import type { WorkerRegistry } from "@smoothsweep/sweeps";
import { isOutage } from "../packs/retrying.ts";

export interface RegistrationOptions {
  registry: WorkerRegistry;
  workerId: string;
  intervalMs: number;
  /** Told when the worker shall end, and why. */
  onDrain: (reason: string) => void;
  logger: Logger;
}

/** Says again and again that the worker lives, and hears whether it shall go on. @returns the way to stop it. */
export function keepRegistered(options: RegistrationOptions): () => Promise<void> {
  const { registry, workerId, intervalMs, onDrain, logger } = options;
  const heartbeat = every(intervalMs, {
    work: async () => {
      const { drain, reason } = await registry.heartbeat(workerId);
      if (drain) onDrain(reason ?? "it was told to");
    },
    onError: (error) => {
      if (!isOutage(error)) logger.warn({ err: error }, "no heartbeat");
    },
    isDelayed: true,
  });
  return () => heartbeat.stop();
}
