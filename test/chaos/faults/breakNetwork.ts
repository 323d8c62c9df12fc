import { setTimeout as delay } from "node:timers/promises";
import type { TcpProxy } from "@smoothsweep/testkit/faults";
import { bothQueues, type Fault } from "./fault.ts";

interface NetworkFault {
  kind: string;
  text: string;
  lastsMs: { low: number; high: number };
  begin(proxy: TcpProxy): void;
}

/** One link of the network is broken for a while, and healed. */
export function breakNetwork({ kind, text, lastsMs, begin }: NetworkFault): Fault {
  return {
    kind,
    queues: bothQueues,
    draw: (random, { links }) => {
      const link = random.pick(links);
      const forMs = random.integer(lastsMs.low, lastsMs.high);
      return {
        text: `${link} ${text} for ${forMs} ms`,
        resource: link,
        workers: workersOf(link),
        strike: async (stack) => {
          const proxy = stack.link(link);
          begin(proxy);
          await delay(forMs);
          proxy.heal();
        },
      };
    },
  };
}

/** The worker at one end of a link, if it is one. */
function workersOf(link: string): number[] {
  return [...link.matchAll(/^worker-(\d+)/g)].map(([, number]) => Number(number));
}
