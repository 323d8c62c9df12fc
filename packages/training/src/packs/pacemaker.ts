import { setImmediate } from "node:timers/promises";
import { AppError } from "@smoothsweep/contracts";

/** Longest time that tensor work may hold the event loop between two batches, in milliseconds. */
const HOLD_MS_MAX = 8;
const PROGRESS_INTERVAL_MS = 1000;

/** Lets the event loop breathe between batches, so that an abort message can arrive and a heartbeat can leave. */
export interface Pacemaker {
  /** Call after every batch. @throws AppError `aborted` when the signal was raised. */
  pause(): Promise<void>;
}

export function createPacemaker(hooks: { signal: AbortSignal; onProgress(): void }): Pacemaker {
  let yieldedAt = performance.now();
  let progressAt = yieldedAt;
  return {
    async pause() {
      if (performance.now() - yieldedAt >= HOLD_MS_MAX) {
        await setImmediate();
        yieldedAt = performance.now();
      }
      if (hooks.signal.aborted) throw new AppError("aborted", "training was aborted");
      if (yieldedAt - progressAt >= PROGRESS_INTERVAL_MS) {
        progressAt = yieldedAt;
        hooks.onProgress();
      }
    },
  };
}
