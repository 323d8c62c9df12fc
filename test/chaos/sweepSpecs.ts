import type { SweepSpecInput } from "@smoothsweep/contracts";

/** Nothing is taken over from elsewhere, and a trial may meet more faults than a user would think normal. */
const patient = { cache: "off", retry: { attempts: 20, losses: 20 } } as const;

/** The sweep that must survive: 80 trials asked for, 72 of them different, in eight groups of nine. */
export const chaosSpec: SweepSpecInput = {
  ...patient,
  name: "chaos",
  data: { dataset: "synthetic-blobs", train: 2000, validation: 200, test: 200 },
  model: { kind: "mlp", hidden: [32] },
  training: { epochs: 6, batchSize: 50 },
  axes: {
    "smoothing.epsilon": [0, 0.1, 0.2, 0.3, 0.4],
    "smoothing.convention": ["uniform", "off-target"],
  },
  seeds: [0, 1, 2, 3, 4, 5, 6, 7],
};

/** A sweep beside it. */
export const smallSpec: SweepSpecInput = {
  ...patient,
  name: "beside",
  data: { dataset: "synthetic-blobs", train: 500, validation: 100, test: 100 },
  model: { kind: "mlp", hidden: [16] },
  training: { epochs: 2, batchSize: 50 },
  axes: { "smoothing.epsilon": [0.1, 0.2] },
  seeds: [7],
};
