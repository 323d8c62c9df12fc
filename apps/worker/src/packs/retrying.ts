import { setTimeout as delay } from "node:timers/promises";
import { isAppError } from "@smoothsweep/contracts";

const PAUSES_MS = [100, 300, 900, 2700];

/** Tries again when the database did not answer; an answer, also a refusal, is final. */
export async function retrying<T>(work: () => Promise<T>): Promise<T> {
  for (const pauseMs of PAUSES_MS) {
    try {
      return await work();
    } catch (error) {
      if (isAppError(error) && error.code !== "database_unavailable") throw error;
      await delay(pauseMs);
    }
  }
  return work();
}
