import { submitSweep } from "../submitSweep.ts";
import { smallSpec } from "../sweepSpecs.ts";
import { bothQueues, type Fault } from "./fault.ts";

const TIMES = 20;

/** What says that it is the same submission: a key, also when a duplicate is wanted; or the specification itself. */
const ways = [
  { text: "with one idempotency key", hasKey: true, ifSame: "duplicate" },
  { text: "without a key", hasKey: false, ifSame: "join" },
] as const;

/** A client that is not sure, or twenty that do not know of each other: all must be told of one sweep. */
export const submitTwentyTimes: Fault = {
  kind: "submit.twenty",
  queues: bothQueues,
  draw: (random) => {
    const name = `beside-${random.integer(0, 2 ** 40)}`;
    const { text, hasKey, ifSame } = random.pick(ways);
    return {
      text: `the specification ${name} ${TIMES} times at once, ${text}`,
      resource: `submission ${name}`,
      workers: [],
      submissions: 1,
      strike: async ({ url }) => {
        const submission = { spec: { ...smallSpec, name }, ifSame, ...(hasKey && { key: name }) };
        const answers = Array.from({ length: TIMES }, () => submitSweep(url, submission));
        const ids = new Set(await Promise.all(answers));
        if (ids.size !== 1) throw new Error(`${TIMES} equal submissions ${text} made ${ids.size} sweeps`);
      },
    };
  },
};
