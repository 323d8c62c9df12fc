import { submitSweep } from "../submitSweep.ts";
import { smallSpec } from "../sweepSpecs.ts";
import { bothQueues, type Fault } from "./fault.ts";

const TIMES = 20;

/** A client that is not sure: the same submission, with one idempotency key, twenty times at once. */
export const submitTwentyTimes: Fault = {
  kind: "submit.twenty",
  queues: bothQueues,
  draw: (random) => {
    const key = `chaos-${random.integer(0, 2 ** 40)}`;
    return {
      text: `the same specification ${TIMES} times at once, key ${key}`,
      resource: `submission ${key}`,
      workers: [],
      strike: async ({ url }) => {
        const answers = Array.from({ length: TIMES }, () => submitSweep(url, smallSpec, key));
        const ids = new Set(await Promise.all(answers));
        if (ids.size !== 1) throw new Error(`one idempotency key made ${ids.size} sweeps`);
      },
    };
  },
};
