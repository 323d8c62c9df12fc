import type { Invariant } from "./invariant.ts";

/** Every process ends when told, and takes those along that it has started. */
export const noOrphans: Invariant = {
  title: "no process is left",
  violations: async ({ unstoppable, leftovers }) => [
    ...unstoppable.map((name) => `${name} did not end when told and was killed`),
    ...leftovers.map(({ pid, parentPid, command }) => `process ${pid} (parent ${parentPid}) is left: ${command}`),
  ],
};
