import { tmpdir } from "node:os";
import { join } from "node:path";
import { Writable } from "node:stream";
import type { PredictionBlob, SweepEvent } from "@smoothsweep/contracts";
import { loadSnapshot } from "@smoothsweep/datasets";
import { createLogger } from "@smoothsweep/runtime";
import type { PlannedSweep } from "@smoothsweep/sweeps";
import { decodePredictions } from "@smoothsweep/training";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startTestStack, type TestStack } from "./startTestStack.ts";

const isEnd = ({ type }: SweepEvent) => type === "sweep.ended";

interface PredictionRow extends Omit<PredictionBlob, "split" | "classCount" | "bytes"> {
  split: "validation" | "test";
  trial_id: string;
  class_count: number;
  bytes: Buffer;
}

interface LogLine {
  msg: string;
  reason?: string;
}

/** A stream that keeps the lines of a log. */
function recordLines(lines: LogLine[]): Writable {
  return new Writable({
    write(chunk, _encoding, done) {
      lines.push(JSON.parse(String(chunk)) as LogLine);
      done();
    },
  });
}

describe("a sweep of synthetic blobs on a real worker with wasm", () => {
  let stack: TestStack;
  let sweep: PlannedSweep;
  let trained: string[];
  const lines: LogLine[] = [];
  beforeAll(async () => {
    stack = await startTestStack();
    await stack.startWorker({ logger: createLogger({ name: "test", stream: recordLines(lines) }) });
    sweep = await stack.submit();
    trained = sweep.trials.filter(({ representativeId }) => representativeId === null).map(({ id }) => id);
    await stack.waitFor(sweep.id, isEnd);
  });
  afterAll(() => stack.close());

  const predictions = () =>
    stack.rows<PredictionRow>(
      "SELECT * FROM prediction p JOIN trial t ON t.id = p.trial_id WHERE sweep_id = $1",
      sweep.id,
    );

  it("completes, every distinct trial in its first attempt", async () => {
    const { state, counts } = await stack.store.getSweep(sweep.id);
    expect(state).toBe("completed");
    expect(counts).toEqual({ asked: 8, distinct: 6, pending: 0, running: 0, completed: 6, failed: 0, cancelled: 0 });
    const attempts = await stack.rows("SELECT trial_id, token, outcome FROM attempt ORDER BY trial_id");
    expect(attempts).toEqual(trained.toSorted().map((id) => ({ trial_id: id, token: 1, outcome: "completed" })));
  });

  it("reports every epoch of every trial, with a loss that never falls below the entropy of its targets", async () => {
    for (const id of trained) {
      const { reports, metrics } = await stack.store.getTrial(id);
      expect(reports.map(({ epoch }) => epoch)).toEqual([1, 2]);
      for (const { excessLoss } of reports) expect(excessLoss).toBeGreaterThanOrEqual(0);
      expect(reports.at(-1)?.trainLoss).toBe(metrics?.trainLoss);
      expect(reports.at(-1)?.validation).toEqual(metrics?.validation);
    }
  });

  it("keeps the logits of every validation and test row", async () => {
    const rows = await predictions();
    const sizes = rows.map(({ split, rows: count, class_count, encoding }) =>
      [split, count, class_count, encoding].join(),
    );
    expect(sizes.toSorted()).toEqual([
      ...Array(6).fill("test,150,10,f16le+deflate"),
      ...Array(6).fill("validation,100,10,f16le+deflate"),
    ]);
  });

  it("stores accuracies that can be computed again from the stored logits and the original labels", async () => {
    const snapshot = await loadSnapshot(sweep.spec.data, { cacheDirectory: join(tmpdir(), "smoothsweep-worker-test") });
    for (const row of await predictions()) {
      const logits = decodePredictions({ ...row, classCount: row.class_count, bytes: new Uint8Array(row.bytes) });
      const { labels } = snapshot[row.split];
      const right = labels.filter((label, index) => {
        const own = logits.subarray(index * 10, (index + 1) * 10);
        return own.every((logit) => logit <= own[label]!);
      });
      const { metrics } = await stack.store.getTrial(row.trial_id);
      expect(right.length / labels.length).toBe(metrics?.[row.split].accuracy);
    }
  });

  it("learns: every trial is better than chance on test rows", async () => {
    for (const id of trained) expect((await stack.store.getTrial(id)).metrics?.test.accuracy).toBeGreaterThan(0.2);
  });

  it("stores which engine computed each result, and where it comes from", async () => {
    for (const id of trained) {
      const { engine, provenance, seconds } = await stack.store.getTrial(id);
      expect(engine).toMatchObject({ name: "wasm" });
      expect(provenance).toMatchObject({
        workerId: "wrk_test",
        commit: "abc",
        snapshotId: sweep.snapshot.id,
        packSize: 3,
      });
      expect(provenance?.["memoryBytes"]).toBeGreaterThan(1e6);
      expect(seconds).toBeGreaterThan(0);
    }
    expect((await stack.store.getSweep(sweep.id)).engines.map(({ name }) => name)).toEqual(["wasm"]);
  });

  it("tells its course in events: started before reported, reported before completed, ended last and once", async () => {
    const events = await stack.rows<{ type: string; data: { trialId?: string } }>(
      "SELECT type, data FROM event WHERE sweep_id = $1 ORDER BY id",
      sweep.id,
    );
    for (const id of trained) {
      const own = events.filter(({ data }) => data.trialId === id).map(({ type }) => type);
      expect(own).toEqual(["trial.reported", "trial.reported", "trial.completed"]);
    }
    expect(events.map(({ type }) => type).lastIndexOf("sweep.ended")).toBe(events.length - 1);
    expect(events.filter(({ type }) => type === "sweep.ended")).toHaveLength(1);
  });

  it("trains strategies whose targets follow the model's own predictions, each to numbers of its own", async () => {
    const predicted = await stack.submit({
      axes: { "strategy.kind": ["none", "online", "zipf"] },
      smoothing: { epsilon: 0.5 },
      training: { epochs: 3, batchSize: 50 },
      seeds: [0],
    });
    const { state, counts } = await stack.waitFor(predicted.id, isEnd);
    expect([state, counts.completed]).toEqual(["completed", 3]);
    const trials = await Promise.all(predicted.trials.map(({ id }) => stack.store.getTrial(id)));
    expect(new Set(trials.map(({ metrics }) => metrics?.validation.nll)).size).toBe(3);
    for (const { reports } of trials) {
      for (const { excessLoss } of reports) expect(excessLoss).toBeGreaterThanOrEqual(0);
    }
    // Nothing was predicted before the first epoch: online smoothing begins uniform.
    expect(trials[1]?.reports[0]?.trainLoss).toBe(trials[0]?.reports[0]?.trainLoss);
  });

  it("says in every result why its pack did not train in one go", async () => {
    const apart = await stack.submit({
      axes: { "strategy.kind": ["none", "resampled", "online"] },
      strategy: { kind: "resampled", sampling: "balanced" },
      seeds: [0],
    });
    await stack.waitFor(apart.id, isEnd);
    const apartTrials = await Promise.all(apart.trials.map(({ id }) => stack.store.getTrial(id)));
    const text = "2 + 1 trials train one part after another: their rows are drawn in different ways";
    for (const { provenance } of apartTrials) expect(provenance?.["packNotes"]).toEqual([text]);
    const [together] = trained;
    expect((await stack.store.getTrial(together as string)).provenance?.["packNotes"]).toEqual([]);
    const said = lines.filter(({ reason }) => reason === text);
    expect(said).toEqual([expect.objectContaining({ trials: 3, msg: "pack does not train in one go" })]);
  });

  it("fails a trial that diverges, with the reason and at once, while the others of its pack complete", async () => {
    const diverging = await stack.submit({
      training: { epochs: 3, batchSize: 50, optimizer: { kind: "sgd", learningRate: 0.05, momentum: 0 } },
      axes: { "training.optimizer.learningRate": [0.05, 1000] },
      model: { kind: "mlp", hidden: [8, 8, 8, 8] },
      seeds: [0],
    });
    const { state, counts } = await stack.waitFor(diverging.id, isEnd);
    expect([state, counts.completed, counts.failed]).toEqual(["failed", 1, 1]);
    const { items } = await stack.store.listTrials(diverging.id, { limit: 10, state: "failed" });
    expect(items.map(({ failure, attempts }) => [failure?.code, attempts])).toEqual([["trial_diverged", 1]]);
  });
});
