import { type ChildProcess, spawn } from "node:child_process";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { median } from "@smoothsweep/calibration";
import { type Client, createClient } from "@smoothsweep/client";
import type { Trial, TrialDetail } from "@smoothsweep/contracts";
import { freePort } from "@smoothsweep/runtime";
import type { OwnOutcome } from "./outcome.ts";

export interface SmoothsweepOptions {
  /** Folder of the repository, built. */
  readonly root: string;
  readonly engine: string;
  readonly workers: number;
  /** The sweep as text. */
  readonly sweep: string;
}

/** Runs the whole product as a user starts it, on a new database, and submits the sweep through its API. */
export async function runSmoothsweep(options: SmoothsweepOptions): Promise<OwnOutcome> {
  const startedAt = performance.now();
  const dataDirectory = await mkdtemp(join(tmpdir(), "smoothsweep-bench-"));
  const product = await startProduct(options, dataDirectory);
  try {
    const client = createClient({ baseUrl: product.url });
    const readyAt = performance.now();
    const { id } = await client.submitSweep(options.sweep);
    for await (const _ of client.watchSweep(id));
    const sweepSeconds = (performance.now() - readyAt) / 1000;
    return { ...(await readOutcome(client, id, options)), startSeconds: (readyAt - startedAt) / 1000, sweepSeconds };
  } finally {
    await stopProduct(product.process);
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

async function startProduct({ root, engine, workers }: SmoothsweepOptions, dataDirectory: string) {
  const port = String(await freePort());
  const flags = ["--engine", engine, "--workers", String(workers), "--port", port, "--data-directory", dataDirectory];
  const process_ = spawn(process.execPath, [join(root, "apps/cli/dist/main.js"), "up", ...flags], {
    stdio: ["ignore", "ignore", "pipe"],
  });
  let said = "";
  const url = await new Promise<string>((resolve, reject) => {
    process_.stderr.on("data", (chunk: Buffer) => {
      said += chunk.toString();
      const [, address] = /dashboard: (\S+)/.exec(said) ?? [];
      if (address) resolve(address);
    });
    process_.once("exit", () => reject(new Error(`smoothsweep did not start: ${said}`)));
  });
  return { process: process_, url };
}

function stopProduct(product: ChildProcess): Promise<void> {
  return new Promise((resolve) => {
    product.once("exit", () => resolve());
    product.kill("SIGINT");
  });
}

async function readOutcome(client: Client, sweepId: string, { engine, workers }: SmoothsweepOptions) {
  const sweep = await client.getSweep(sweepId);
  if (sweep.state !== "completed")
    throw new Error(`the sweep ended as ${sweep.state}: ${JSON.stringify(sweep.counts)}`);
  const trials: Trial[] = [];
  for await (const trial of client.iterateTrials(sweepId)) trials.push(trial);
  const trained = await Promise.all(
    trials.filter(({ representativeId }) => representativeId === null).map(({ id }) => client.getTrial(id)),
  );
  const { batchSize } = sweep.spec.training;
  const rows = sweep.snapshot.trainClassCounts.reduce((sum, count) => sum + count, 0);
  const rates = trained.flatMap(({ reports }) => reports.map(({ examplesPerSecond }) => examplesPerSecond));
  return {
    contestant: `smoothsweep, ${engine}`,
    workers,
    asked: sweep.counts.asked,
    trained: trained.length,
    trainingSeconds: rates.reduce((sum, rate) => sum + rows / rate, 0),
    stepMs: median(rates.map((rate) => (1000 * batchSize) / rate)),
    notes: describeRun(trained),
    points: trials.map(pointOf),
  };
}

function describeRun(trained: readonly TrialDetail[]): string {
  const packSizes = [...new Set(trained.map(({ provenance }) => Number(provenance?.["packSize"])))].sort(
    (a, b) => a - b,
  );
  const memory = Math.max(...trained.map(({ provenance }) => Number(provenance?.["memoryBytes"]))) / 2 ** 20;
  const engine = trained[0]?.engine;
  return `${engine?.name} ${engine?.version}, packs of ${packSizes.join(", ")}, ${memory.toFixed(0)} MiB a worker`;
}

function pointOf({ cell, seed, metrics }: Trial) {
  return {
    epsilon: Number(cell["smoothing.epsilon"]),
    convention: String(cell["smoothing.convention"]),
    seed,
    accuracy: metrics?.test.accuracy ?? Number.NaN,
    ece: metrics?.test.ece ?? Number.NaN,
  };
}
