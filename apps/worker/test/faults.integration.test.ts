import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { SweepEvent } from "@smoothsweep/contracts";
import type { PlannedSweep } from "@smoothsweep/sweeps";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import type { TrainingProcess } from "../src/supervision/trainingProcess.ts";
import { testChild } from "./builtChild.ts";
import { startTestStack, type TestStack } from "./startTestStack.ts";

const isEnd = ({ type }: SweepEvent) => type === "sweep.ended";

/** Long enough that a pack can be met in its middle: the first report comes far from the last. */
const longTraining = { training: { epochs: 30, batchSize: 50 }, seeds: [0] };

/** Calls `act` once, at the first report of the first pack. */
function atFirstReport(act: (training: TrainingProcess) => void) {
  let isDone = false;
  return (training: TrainingProcess): TrainingProcess => ({
    pid: training.pid,
    engine: training.engine,
    packCapacity: training.packCapacity,
    get isAlive() {
      return training.isAlive;
    },
    get memoryBytes() {
      return training.memoryBytes;
    },
    close: () => training.close(),
    kill: () => training.kill(),
    train: (request, onMessage, options) =>
      training.train(
        request,
        (message) => {
          onMessage(message);
          if (isDone || message.kind !== "epoch") return;
          isDone = true;
          act(training);
        },
        options,
      ),
  });
}

describe("a worker in trouble", () => {
  let stack: TestStack;
  beforeEach(async () => {
    stack = await startTestStack();
  });
  afterEach(() => stack.close());

  /** Everything a sweep computed, without ids and times. */
  const numbersOf = async ({ id }: PlannedSweep) => {
    const results = await stack.rows(
      `SELECT t.ordinal, r.metrics, encode(v.bytes, 'hex') AS validation, encode(p.bytes, 'hex') AS test
       FROM trial t JOIN result r ON r.trial_id = t.id
       JOIN prediction v ON v.trial_id = t.id AND v.split = 'validation'
       JOIN prediction p ON p.trial_id = t.id AND p.split = 'test'
       WHERE t.sweep_id = $1 ORDER BY t.ordinal`,
      id,
    );
    const reports = await stack.rows(
      `SELECT t.ordinal, p.epoch, p.metrics - 'examplesPerSecond' AS metrics FROM report p
       JOIN trial t ON t.id = p.trial_id AND t.fencing_token = p.token WHERE t.sweep_id = $1 ORDER BY 1, 2`,
      id,
    );
    return { results, reports };
  };
  const attemptsOf = ({ id }: PlannedSweep) =>
    stack.rows<{ token: number; outcome: string; code: string | null }>(
      `SELECT a.token, a.outcome, a.code FROM attempt a JOIN trial t ON t.id = a.trial_id
       WHERE t.sweep_id = $1 ORDER BY a.token, t.ordinal`,
      id,
    );

  it("retries the trials of a training child that was killed in the middle, and gets the same numbers bit for bit", async () => {
    const killed: number[] = [];
    await stack.startWorker({
      wrap: atFirstReport(({ pid }) => {
        killed.push(pid);
        process.kill(pid, "SIGKILL");
      }),
    });
    const disturbed = await stack.submit(longTraining);
    expect((await stack.waitFor(disturbed.id, isEnd)).state).toBe("completed");
    expect(await attemptsOf(disturbed)).toEqual([
      ...Array(3).fill({ token: 1, outcome: "lost", code: "child_exited" }),
      ...Array(3).fill({ token: 2, outcome: "completed", code: null }),
    ]);
    expect(killed).toHaveLength(1);

    const undisturbed = await stack.submit(longTraining);
    await stack.waitFor(undisturbed.id, isEnd);
    const numbers = await numbersOf(undisturbed);
    expect([numbers.results.length, numbers.reports.length]).toEqual([3, 90]);
    expect(await numbersOf(disturbed)).toEqual(numbers);
  });

  it("replaces a training child whose WebAssembly trapped in C++ code, and gets the same numbers bit for bit", async () => {
    const cacheDirectory = await mkdtemp(join(tmpdir(), "smoothsweep-trap-"));
    const pids = new Set<number>();
    await stack.startWorker({
      child: { entry: testChild("trappingChild.mjs"), cacheDirectory },
      wrap: (training) => {
        pids.add(training.pid);
        return training;
      },
    });
    const trapped = await stack.submit(longTraining);
    expect((await stack.waitFor(trapped.id, isEnd)).state).toBe("completed");
    expect(await attemptsOf(trapped)).toEqual([
      ...Array(3).fill({ token: 1, outcome: "lost", code: "engine_broken" }),
      ...Array(3).fill({ token: 2, outcome: "completed", code: null }),
    ]);
    const [{ message } = { message: "" }] = await stack.rows<{ message: string }>(
      "SELECT message FROM attempt WHERE outcome = 'lost'",
    );
    expect(message).toMatch(/^the engine broke: /);
    expect(pids.size).toBe(2);

    const undisturbed = await stack.submit(longTraining);
    await stack.waitFor(undisturbed.id, isEnd);
    expect(await numbersOf(trapped)).toEqual(await numbersOf(undisturbed));
    await rm(cacheDirectory, { recursive: true });
  });

  it("hands its trials back untouched when it drains, and another worker completes them", async () => {
    const ending = new AbortController();
    const first = await stack.startWorker({ wrap: atFirstReport(() => ending.abort()) });
    ending.signal.addEventListener("abort", first.end);
    const sweep = await stack.submit(longTraining);
    await stack.waitFor(sweep.id, ({ type }) => type === "trials.returned");
    await first.stop();
    expect(await attemptsOf(sweep)).toEqual(Array(3).fill({ token: 1, outcome: "returned", code: null }));
    expect((await stack.store.getSweep(sweep.id)).counts).toMatchObject({ pending: 3, running: 0, failed: 0 });
    await stack.startWorker();
    expect((await stack.waitFor(sweep.id, isEnd)).counts).toMatchObject({ completed: 3 });
  });

  it("fails trials for good, with the reason, when every attempt loses its child", async () => {
    await stack.startWorker({
      wrap: (training) => atFirstReport(({ pid }) => process.kill(pid, "SIGKILL"))(training),
    });
    const retry = { losses: 2, backoffSeconds: 0 };
    const sweep = await stack.submit({ ...longTraining, axes: { "smoothing.epsilon": [0.1, 0.2] }, retry });
    expect(await stack.waitFor(sweep.id, isEnd)).toMatchObject({ state: "failed", counts: { failed: 2, pending: 0 } });
    const { items } = await stack.store.listTrials(sweep.id, { limit: 10, state: "failed" });
    // Once together, then twice alone: only that counts against a trial.
    expect(items.map(({ attempts, failure }) => [attempts, failure?.code])).toEqual(Array(2).fill([3, "poison_trial"]));
  });
});
