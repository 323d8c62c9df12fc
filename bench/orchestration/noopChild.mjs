// A training child that trains nothing: every trial gets NOOP_REPORTS reports, and after NOOP_MILLISECONDS a result.
// What is left of a sweep is what orchestration costs.
const { NOOP_REPORTS = "0", NOOP_MILLISECONDS = "0" } = process.env;
const reports = Number(NOOP_REPORTS);
const milliseconds = Number(NOOP_MILLISECONDS);

const engine = { name: "cpu", version: "no-op", device: "none", threads: 1 };
const split = { accuracy: 0.9, nll: 0.3, brier: 0.2, ece: 0.05, signedGap: 0, logitNorm: 4 };
const metrics = {
  validation: split,
  test: split,
  temperature: 1,
  temperatureOptimum: "interior",
  scaledTest: { nll: 0.3, ece: 0.05, brier: 0.2 },
  trainLoss: 0.5,
  excessLoss: 0.1,
};

function trainNothing({ packId, trials }) {
  for (const { trialId } of trials) {
    for (let epoch = 1; epoch <= reports; epoch++) {
      const report = {
        epoch,
        trainLoss: 1,
        excessLoss: 0.5,
        validation: split,
        learningRate: 0.1,
        examplesPerSecond: 1,
      };
      process.send({ kind: "epoch", packId, trialId, report });
    }
    process.send({ kind: "result", packId, trialId, metrics, predictions: [], seconds: 0, memoryBytes: 0 });
  }
  process.send({ kind: "done", packId, memoryBytes: process.memoryUsage.rss() });
}

process.on("disconnect", () => process.exit(0));
for (const signal of ["SIGINT", "SIGTERM"]) process.on(signal, () => {});
process.on("message", (request) => {
  if (request.kind === "shutdown") process.exit(0);
  if (request.kind !== "train") return;
  // A pack of real training is a while of work; recovery is measured with one.
  if (milliseconds === 0) trainNothing(request);
  else setTimeout(() => trainNothing(request), milliseconds);
});
process.send({ kind: "ready", engine, packCapacity: 8 });
