import { bothQueues, type Fault } from "./fault.ts";

/** The API vanishes, and with it relay and reconciler. */
export const killApi: Fault = {
  kind: "api.kill",
  queues: bothQueues,
  draw: () => ({
    text: "SIGKILL the API",
    resource: "api",
    workers: [],
    strike: async (stack) => stack.api.kill("SIGKILL"),
  }),
};
