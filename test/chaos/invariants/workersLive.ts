import type { Invariant } from "./invariant.ts";

/** Every worker got over what happened: it, or the process that replaced it, says that it lives. */
export const workersLive: Invariant = {
  title: "every worker lives",
  violations: async ({ silentWorkers }) => silentWorkers.map((name) => `${name} does not say that it lives`),
};
