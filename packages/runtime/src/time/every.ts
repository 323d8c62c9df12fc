import { setTimeout as delay } from "node:timers/promises";

export interface Repetition {
  /** Runs soon, also when the interval has not passed yet. */
  wake(): void;
  /** Waits for the run in progress; nothing runs afterwards. */
  stop(): Promise<void>;
}

export interface RepetitionOptions {
  work: () => Promise<void>;
  /** Told of a failure; the next run tries again. */
  onError: (error: unknown) => void;
  /** Whether the first run waits for the interval as well. Default: it does not. */
  isDelayed?: boolean;
}

/** Runs `work` again and again, never twice at once: after `intervalMs`, or as soon as it is woken. */
export function every(intervalMs: number, { work, onError, isDelayed = false }: RepetitionOptions): Repetition {
  const stopping = new AbortController();
  let pause = new AbortController();
  let isWoken = !isDelayed;

  const loop = async () => {
    while (!stopping.signal.aborted) {
      if (!isWoken) {
        pause = new AbortController();
        await delay(intervalMs, undefined, { signal: pause.signal }).catch(() => {});
        if (stopping.signal.aborted) return;
      }
      isWoken = false;
      try {
        await work();
      } catch (error) {
        onError(error);
      }
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
