import { setTimeout as delay } from "node:timers/promises";
import type { TcpProxy } from "@smoothsweep/testkit/faults";
import { CLIENT_LINK } from "../stack/links.ts";
import { submitSweep } from "../submitSweep.ts";
import { smallSpec } from "../sweepSpecs.ts";
import { bothQueues, type Fault } from "./fault.ts";

interface NetworkFault {
  kind: string;
  text: string;
  lastsMs: { low: number; high: number };
  begin(proxy: TcpProxy): void;
}

/** One link of the network is broken for a while, and healed. A client submits a sweep through its link while that is broken. */
export function breakNetwork({ kind, text, lastsMs, begin }: NetworkFault): Fault {
  return {
    kind,
    queues: bothQueues,
    draw: (random, { links }) => {
      const link = random.pick(links);
      const forMs = random.integer(lastsMs.low, lastsMs.high);
      const isClients = link === CLIENT_LINK;
      const name = `beside-${random.integer(0, 2 ** 40)}`;
      return {
        text: `${link} ${text} for ${forMs} ms${isClients ? `, while ${name} is submitted` : ""}`,
        resource: link,
        workers: workersOf(link),
        submissions: isClients ? 1 : 0,
        strike: async (stack) => {
          const proxy = stack.link(link);
          begin(proxy);
          const submission = { spec: { ...smallSpec, name }, ifSame: "duplicate", key: name } as const;
          const submitted = isClients ? submitSweep(stack.url, submission) : undefined;
          await Promise.all([submitted, delay(forMs).then(() => proxy.heal())]);
        },
      };
    },
  };
}

/** The worker at one end of a link, if it is one. */
function workersOf(link: string): number[] {
  return [...link.matchAll(/^worker-(\d+)/g)].map(([, number]) => Number(number));
}
