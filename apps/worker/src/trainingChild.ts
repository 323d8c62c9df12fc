/**
 * Entry of the training child: the only process that loads TensorFlow.js. Tensor code blocks the event loop, so the
 * parent keeps leases, locks and deadlines, and this process only computes. It ends when its parent does.
 *
 * Arguments: the engine's name (or `auto`), the data cache, and a folder of data sets placed by hand (may be empty).
 */
import {
  type ChildMessage,
  type ChildRequest,
  childRequestSchema,
  engineChoiceSchema,
  toAppError,
} from "@smoothsweep/contracts";
import { readEnvironment } from "@smoothsweep/runtime";
import { resolveEngine, selfTest } from "@smoothsweep/training";
import { endWithParent } from "./child/endWithParent.ts";
import { createSnapshotLoader } from "./child/snapshotLoader.ts";
import { trainRequest } from "./child/trainRequest.ts";

const [engineArgument = "auto", cacheDirectory = "", datasetsDirectory = ""] = process.argv.slice(2);

function send(message: ChildMessage): void {
  process.send?.(message);
}

process.on("disconnect", () => process.exit(0));
endWithParent();
// The parent decides what signals mean; a Ctrl-C in the terminal reaches the whole process group.
for (const signal of ["SIGINT", "SIGTERM"] as const) process.on(signal, () => {});

try {
  const engine = await resolveEngine(engineChoiceSchema.parse(engineArgument));
  await selfTest(engine);
  const loadSnapshot = createSnapshotLoader({
    cacheDirectory,
    datasetsDirectory: datasetsDirectory || undefined,
    environment: readEnvironment(),
  });
  let running: { packId: string; abort: AbortController } | undefined;
  process.on("message", (raw) => {
    const request: ChildRequest = childRequestSchema.parse(raw);
    if (request.kind === "shutdown") process.exit(0);
    if (request.kind === "abort") {
      if (running?.packId === request.packId) running.abort.abort();
      return;
    }
    const abort = new AbortController();
    running = { packId: request.packId, abort };
    void trainRequest({ engine, loadSnapshot, request, send, signal: abort.signal }).then((isSound) => {
      running = undefined;
      // The parent kills a child that said so; where it cannot, the channel's end does.
      if (!isSound) return process.disconnect?.();
      send({ kind: "done", packId: request.packId, memoryBytes: process.memoryUsage.rss() });
    });
  });
  send({ kind: "ready", engine: engine.info, packCapacity: engine.packCapacity });
} catch (error) {
  const { code, message } = toAppError(error);
  send({ kind: "unfit", code, message });
  process.disconnect?.();
}
