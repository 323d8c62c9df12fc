import { type ChildProcess, fork } from "node:child_process";
import { once } from "node:events";
import { mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { TrainPackRequest } from "@smoothsweep/contracts";
import { afterEach, describe, expect, it, vi } from "vitest";
import { keepTrainingProcess } from "../src/supervision/keepTrainingProcess.ts";
import { type PackMessage, startTrainingProcess, type TrainingProcess } from "../src/supervision/trainingProcess.ts";
import { builtFile, isRunning, testChild, wasmChild } from "./builtChild.ts";
import { logger, planBlobs } from "./startTestStack.ts";

const never = { signal: new AbortController().signal };

/** A pack of the blobs; 10,000 epochs are more than any test waits for. */
async function packRequest(epochs: number): Promise<TrainPackRequest> {
  const { spec, snapshot, trials } = await planBlobs({ training: { epochs, batchSize: 50 } });
  return {
    kind: "train",
    packId: "pack",
    data: spec.data,
    snapshotId: snapshot.id,
    model: spec.model,
    seed: 0,
    trials: trials.slice(0, 2).map(({ id, cell }) => ({ trialId: id, plan: cell.plan, training: spec.training })),
  };
}

describe("a training child", () => {
  const started: TrainingProcess[] = [];
  afterEach(async () => {
    for (const training of started.splice(0)) await training.close();
  });
  const start = async (...options: Parameters<typeof startTrainingProcess>) => {
    const training = await startTrainingProcess(...options);
    started.push(training);
    return training;
  };
  const misbehaving = (behaviour: string, progressDeadlineMs = 60_000) =>
    ({
      ...wasmChild(),
      entry: testChild("misbehavingChild.mjs"),
      cacheDirectory: behaviour,
      progressDeadlineMs,
    }) as const;

  it("proves its engine, trains a pack and stays for the next", async () => {
    const training = await start(wasmChild());
    expect(training.engine.name).toBe("wasm");
    expect(training.packCapacity).toBeGreaterThanOrEqual(1);
    for (let pack = 0; pack < 2; pack++) {
      const messages: PackMessage[] = [];
      await training.train(await packRequest(1), (message) => messages.push(message), never);
      expect(messages.map(({ kind }) => kind)).toEqual(["epoch", "epoch", "result", "result"]);
    }
    expect(training.isAlive).toBe(true);
  });

  it("is not taken into service with an engine that is not there", async () => {
    await expect(start(wasmChild({ engine: "tensorflow-gpu" }))).rejects.toMatchObject({ code: "engine_unavailable" });
  });

  it("is not taken into service when its engine computes wrong numbers", async () => {
    await expect(start(misbehaving("unfit"))).rejects.toMatchObject({
      code: "engine_self_test_failed",
      message: "matmul is wrong",
    });
  });

  it.each([
    ["ends", "exit-at-start", "child_exited"],
    ["breaks the protocol", "garbled-start", "internal"],
  ])("is not taken into service when it %s before it is ready", async (_what, behaviour, code) => {
    await expect(start(misbehaving(behaviour))).rejects.toMatchObject({ code });
  });

  it("is not taken into service when its program is not there", async () => {
    await expect(start({ ...wasmChild(), entry: testChild("nothing.mjs") })).rejects.toMatchObject({
      code: "child_exited",
    });
  });

  it("is killed when it says nothing until its deadline, however deep it hangs", async () => {
    const training = await start(misbehaving("hang", 300));
    const request = await packRequest(1);
    await expect(training.train(request, () => {}, never)).rejects.toMatchObject({ code: "training_stalled" });
    expect([training.isAlive, isRunning(training.pid)]).toEqual([false, false]);
  });

  it("is killed when it ignores an abort", async () => {
    const training = await start(misbehaving("ignore-abort"));
    const request = await packRequest(1);
    await expect(training.train(request, () => {}, { signal: AbortSignal.abort() })).rejects.toMatchObject({
      code: "aborted",
    });
    expect(isRunning(training.pid)).toBe(false);
  });

  it("is killed when it breaks the protocol, and the worker lives on", async () => {
    const training = await start(misbehaving("garble"));
    const request = await packRequest(1);
    await expect(training.train(request, () => {}, never)).rejects.toMatchObject({ code: "training_failed" });
    expect(isRunning(training.pid)).toBe(false);
  });

  it("fails the pack that it was training when it ends by itself", async () => {
    const training = await start(misbehaving("exit"));
    await expect(training.train(await packRequest(1), () => {}, never)).rejects.toMatchObject({
      code: "child_exited",
      message: "the training process ended with code 7",
    });
  });

  it("fails a pack at once that comes after its end", async () => {
    const training = await start(misbehaving("idle"));
    await training.close();
    await expect(training.train(await packRequest(1), () => {}, never)).rejects.toMatchObject({ code: "child_exited" });
  });

  it("aborts a pack within a batch and trains the next as if nothing had been", async () => {
    const training = await start(wasmChild());
    const abort = new AbortController();
    const cut: PackMessage[] = [];
    await training.train(
      await packRequest(10_000),
      (message) => {
        cut.push(message);
        abort.abort();
      },
      abort,
    );
    expect(cut.filter(({ kind }) => kind === "result")).toEqual([]);
    const resultsAfter = async (process: TrainingProcess) => {
      const messages: PackMessage[] = [];
      await process.train(await packRequest(2), (message) => messages.push(message), never);
      return messages.flatMap((message) => (message.kind === "result" ? [message.metrics] : []));
    };
    expect(await resultsAfter(training)).toEqual(await resultsAfter(await start(wasmChild())));
  });

  it("aborts a pack whose signal was raised before it began, and stays for the next", async () => {
    const training = await start(wasmChild());
    const messages: PackMessage[] = [];
    await training.train(await packRequest(10_000), (message) => messages.push(message), {
      signal: AbortSignal.abort(),
    });
    expect(messages.filter(({ kind }) => kind !== "failed")).toEqual([]);
    expect(training.isAlive).toBe(true);
  });

  it("refuses data other than the sweep was planned for", async () => {
    const training = await start(wasmChild());
    const messages: PackMessage[] = [];
    const request = { ...(await packRequest(1)), snapshotId: "sha256:other" };
    await training.train(request, (message) => messages.push(message), never);
    expect(messages.map((message) => [message.kind, "code" in message && message.code])).toEqual([
      ["failed", "dataset_corrupt"],
      ["failed", "dataset_corrupt"],
    ]);
  });

  it.each([
    ["in the middle of a pack", wasmChild()],
    ["in an endless loop in which it hears nothing", misbehaving("hang-aloud")],
  ])("ends with the worker that started it, also %s: no orphan stays", async (_when, options) => {
    const argument = JSON.stringify({ options, request: await packRequest(10_000) });
    builtFile("supervision/trainingProcess.js");
    const worker: ChildProcess = fork(testChild("starter.mjs"), [argument], {
      stdio: ["ignore", "pipe", "inherit", "ipc"],
    });
    await once(worker, "message");
    // The child inherits the worker's output: it is closed when both are gone.
    const allGone = once(worker.stdout!.resume(), "close");
    worker.kill("SIGKILL");
    await allGone;
  });
});

describe("keepTrainingProcess", () => {
  /** A child that computes nothing and does what the word says. */
  const idleChild = (behaviour: string) => ({ entry: testChild("misbehavingChild.mjs"), cacheDirectory: behaviour });

  it("keeps one child for all packs, and replaces it when it has died", async () => {
    const keeper = keepTrainingProcess(wasmChild(), logger);
    const first = await keeper.current();
    expect(await keeper.current()).toBe(first);
    process.kill(first.pid, "SIGKILL");
    await expect(first.train(await packRequest(1), () => {}, never)).rejects.toMatchObject({ code: "child_exited" });
    const second = await keeper.current();
    expect(second.pid).not.toBe(first.pid);
    await keeper.close();
    expect(isRunning(second.pid)).toBe(false);
  });

  it("tries again after a child that could not start", async () => {
    const options = { ...wasmChild(), entry: testChild("misbehavingChild.mjs"), cacheDirectory: "unfit" };
    const keeper = keepTrainingProcess(options, logger);
    for (let time = 0; time < 2; time++) {
      await expect(keeper.current()).rejects.toMatchObject({ code: "engine_self_test_failed" });
    }
    await keeper.close();
  });

  it("starts one child for all who ask while there is none", async () => {
    const keeper = keepTrainingProcess({ ...wasmChild(), ...idleChild("idle") }, logger);
    const [one, other] = await Promise.all([keeper.current(), keeper.current()]);
    expect(other).toBe(one);
    process.kill(one.pid, "SIGKILL");
    await vi.waitFor(() => expect(one.isAlive).toBe(false));
    const [next, same] = await Promise.all([keeper.current(), keeper.current()]);
    expect([same === next, next === one]).toEqual([true, false]);
    await keeper.close();
  });

  it("ends a child that is still starting, and starts none afterwards", async () => {
    const keeper = keepTrainingProcess(wasmChild(), logger);
    const starting = expect(keeper.current()).rejects.toMatchObject({ code: "aborted" });
    await keeper.close();
    await starting;
    await expect(keeper.current()).rejects.toMatchObject({ code: "aborted" });
  });

  it("gives up after three tries to replace a child, and says that this machine has become unfit", async () => {
    const file = join(mkdtempSync(join(tmpdir(), "smoothsweep-once-")), "started");
    const unfit: unknown[] = [];
    const options = {
      ...idleChild("start-once"),
      datasetsDirectory: file,
      onUnfit: (error: unknown) => unfit.push(error),
    };
    const keeper = keepTrainingProcess({ ...wasmChild(), ...options }, logger);
    const first = await keeper.current();
    process.kill(first.pid, "SIGKILL");
    await vi.waitFor(() => expect(first.isAlive).toBe(false));
    await expect(keeper.current()).rejects.toMatchObject({ code: "child_exited" });
    expect(unfit).toEqual([expect.objectContaining({ code: "child_exited" })]);
    await keeper.close();
  });
});
