// A training child that does what the third argument says. It speaks the real protocol and computes nothing.
import { existsSync, writeFileSync } from "node:fs";
import { endWithParent } from "../../dist/child/endWithParent.js";

const [, behaviour, file] = process.argv.slice(2);
const engine = { name: "cpu", version: "test", device: "test", threads: 1 };

process.on("disconnect", () => process.exit(0));
endWithParent();

const onTrain = {
  /** Says nothing more and lets nobody in, as a blocked event loop does. */
  hang: () => {
    for (;;);
  },
  /** The same, after it has said that it does. */
  "hang-aloud": ({ packId }) => {
    process.send({ kind: "failed", packId, trialId: "trl_x", code: "internal", message: "hangs" }, () => {
      for (;;);
    });
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
} else if (behaviour === "exit-at-start" || (behaviour === "start-once" && existsSync(file))) {
  process.exit(3);
} else {
  if (behaviour === "start-once") writeFileSync(file, "");
  process.on("message", (request) => {
    if (request.kind === "shutdown") process.exit(0);
    if (request.kind === "train") onTrain[behaviour]?.(request);
  });
  process.send({ kind: "ready", engine, packCapacity: 4 });
}
