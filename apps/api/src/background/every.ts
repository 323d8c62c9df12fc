import { setTimeout as delay } from "node:timers/promises";
import type { Logger } from "@smoothsweep/runtime";

export interface Repetition {
  /** Runs soon, also when the interval has not passed yet. */
  wake(): void;
  /** Waits for the run in progress; nothing runs afterwards. */
  stop(): Promise<void>;
}

/**
 * Runs `work` again and again, never twice at once: after `intervalMs`, or as soon as it is woken. A failure is logged
 * and the next run tries again.
 */
export function every(
  intervalMs: number,
  options: { name: string; logger: Logger; work: () => Promise<void> },
): Repetition {
  const { name, logger, work } = options;
  const stopping = new AbortController();
  let pause = new AbortController();
  let isWoken = false;

  const loop = async () => {
    while (!stopping.signal.aborted) {
      isWoken = false;
      try {
        await work();
      } catch (error) {
        logger.error({ err: error, task: name }, "background task failed");
      }
      if (isWoken || stopping.signal.aborted) continue;
      pause = new AbortController();
      await delay(intervalMs, undefined, { signal: pause.signal }).catch(() => {});
    }
  };
  const running = loop();
  const wake = () => {
    isWoken = true;
    pause.abort();
  };
  return {
    wake,
    stop: async () => {
      stopping.abort();
      wake();
      await running;
    },
  };
}
