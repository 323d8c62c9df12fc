import { execFileSync, spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import type { SweepEvent } from "@smoothsweep/contracts";
import { probeEngines } from "@smoothsweep/training/installation";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { startTestStack, type TestStack } from "./startTestStack.ts";

const MEBIBYTE = 2 ** 20;
/** A pack of 8 has arrays of 64 MiB and needs about nine of them. */
const SPARE_BYTES = 400 * MEBIBYTE;

const hasTensorflow = probeEngines().some(({ name, installed }) => name === "tensorflow" && installed);
const canLimit = process.platform === "linux" && spawnSync("prlimit", ["--version"]).status === 0;

/** Leaves a process so much more address space than it has. */
function limitMemory(pid: number): void {
  const [, kibibytes] = /^VmSize:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, "utf8")) ?? [];
  execFileSync("prlimit", ["--pid", String(pid), `--as=${Number(kibibytes) * 1024 + SPARE_BYTES}`]);
}

describe.skipIf(!hasTensorflow || !canLimit)("a pack that does not fit into the memory of a TensorFlow process", () => {
  let stack: TestStack;
  beforeEach(async () => {
    stack = await startTestStack();
  });
  afterEach(() => stack.close());

  // TensorFlow throws where one large array does not fit, and ends the process where little is left: see ADR 14. Half a
  // minute, because the memory of a real process has to run out.
  it("trains in halves, by the child itself or after its end, and every trial completes and says so", async () => {
    const limited = new Set<number>();
    await stack.startWorker({
      child: { engine: "tensorflow" },
      wrap: (training) => {
        if (!limited.has(training.pid)) limitMemory(training.pid);
        limited.add(training.pid);
        return training;
      },
    });
    const sweep = await stack.submit({
      data: { dataset: "synthetic-blobs", train: 100, validation: 50, test: 50 },
      model: { kind: "mlp", hidden: [2048, 1024] },
      training: { epochs: 1, batchSize: 50 },
      axes: { "smoothing.epsilon": [0, 0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35] },
      retry: { backoffSeconds: 0 },
      seeds: [0],
    });
    const { state, counts } = await stack.waitFor(sweep.id, ({ type }: SweepEvent) => type === "sweep.ended");
    expect([state, counts.completed]).toEqual(["completed", 8]);
    const lost = await stack.rows<{ trial_id: string; code: string }>(
      "SELECT trial_id, code FROM attempt WHERE outcome <> 'completed'",
    );
    expect(lost.filter(({ code }) => code !== "child_exited")).toEqual([]);
    for (const { id } of sweep.trials) {
      const { provenance } = await stack.store.getTrial(id);
      const notes = provenance?.["packNotes"] as string[];
      const wasHalved = notes.some((note) => note.startsWith("memory ran out"));
      expect(wasHalved || lost.some(({ trial_id }) => trial_id === id)).toBe(true);
    }
  }, 240_000);
});
