import { setTimeout as delay } from "node:timers/promises";
import { hasOpenSweeps } from "../stack/progress.ts";
import { waitUntil } from "../stack/waitUntil.ts";
import { bothQueues, type Fault } from "./fault.ts";

/** Somebody wants to write predictions within this, whatever else is broken meanwhile. */
const REFUSED_MS = 60_000;

/** No room for predictions, for a time and until a write was refused for it. */
export const fillDisk: Fault = {
  kind: "disk.full",
  queues: bothQueues,
  draw: (random, { workers }) => {
    const fullMs = random.integer(500, 6_000);
    return {
      text: `the disk of the predictions is full for ${fullMs} ms`,
      resource: "disk",
      workers: Array.from({ length: workers }, (_, index) => index + 1),
      strike: async ({ disk, postgres, probe }, seen) => {
        const before = postgres.refusedForRoom();
        const refused = () => postgres.refusedForRoom() - before;
        await disk.fill();
        try {
          const isOver = async () => refused() > 0 || !(await hasOpenSweeps(probe));
          const [isSeen] = await Promise.all([waitUntil(isOver, REFUSED_MS), delay(fullMs)]);
          if (!isSeen) throw new Error(`no write was refused within ${REFUSED_MS} ms`);
        } finally {
          await disk.free();
        }
        seen.refused = refused();
      },
    };
  },
};
