import type { Logger } from "./createLogger.ts";

/** Tells of a service that comes and goes: once when it goes, once when it is back. */
export interface OutageLog {
  failed(error: unknown): void;
  recovered(): void;
  readonly isOngoing: boolean;
}

/**
 * Says "the database is unavailable" once, however many calls fail meanwhile, and how long it took and how many failed
 * when it is back.
 * @param service Named in the messages: `the database`.
 */
export function createOutageLog(logger: Logger, service: string): OutageLog {
  let outage: { sinceMs: number; failures: number } | undefined;
  return {
    failed: (error) => {
      if (outage !== undefined) {
        outage.failures++;
        return;
      }
      outage = { sinceMs: performance.now(), failures: 1 };
      logger.warn({ err: error }, `${service} is unavailable; trying again until it is back`);
    },
    recovered: () => {
      if (outage === undefined) return;
      const seconds = (performance.now() - outage.sinceMs) / 1000;
      logger.info({ seconds, failures: outage.failures }, `${service} is back`);
      outage = undefined;
    },
    get isOngoing() {
      return outage !== undefined;
    },
  };
}
