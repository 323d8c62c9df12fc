import { setTimeout as delay } from "node:timers/promises";

const POLL_MS = 100;

/** Waits for a condition, and no longer than it takes. @returns whether it came true within `patienceMs` */
export async function waitUntil(condition: () => boolean | Promise<boolean>, patienceMs: number): Promise<boolean> {
  const giveUpAt = performance.now() + patienceMs;
  for (;;) {
    if (await condition()) return true;
    if (performance.now() > giveUpAt) return false;
    await delay(POLL_MS);
  }
}
