// A training child that does what the third argument says. It speaks the real protocol and computes nothing.
const [, behaviour] = process.argv.slice(2);
const engine = { name: "cpu", version: "test", device: "test", threads: 1 };

process.on("disconnect", () => process.exit(0));

const onTrain = {
  /** Says nothing more and lets nobody in, as a blocked event loop does. */
  hang: () => {
    for (;;);
  },
  /** Works on whatever it is told. */
  "ignore-abort": ({ packId }) => setInterval(() => process.send({ kind: "progress", packId }), 50),
  exit: () => process.exit(7),
  /** Sends what is no message of the protocol: a loss that is no number. */
  garble: ({ packId }) =>
    process.send({ kind: "epoch", packId, trialId: "trl_x", report: { epoch: 1, trainLoss: Number.NaN } }),
};

if (behaviour === "unfit") {
  process.send({ kind: "unfit", code: "engine_self_test_failed", message: "matmul is wrong" });
  process.disconnect();
} else if (behaviour === "garbled-start") {
  process.send({ kind: "ready", engine: "none" });
} else if (behaviour === "exit-at-start") {
  process.exit(3);
} else {
  process.on("message", (request) => {
    if (request.kind === "shutdown") process.exit(0);
    if (request.kind === "train") onTrain[behaviour]?.(request);
  });
  process.send({ kind: "ready", engine, packCapacity: 4 });
}
