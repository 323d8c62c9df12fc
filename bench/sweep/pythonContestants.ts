import { spawn } from "node:child_process";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startEmbeddedPostgres } from "@smoothsweep/runtime";
import type { Python } from "./findPython.ts";
import type { OwnOutcome, TrialPoint } from "./outcome.ts";

export interface PeerOptions {
  readonly python: Python;
  /** Folder of the peers' scripts, and of the four idx files. */
  readonly peers: string;
  readonly data: string;
  readonly workers: number;
  readonly epochs: number;
}

/** What the scripts print at the end: see s1.py. */
interface PeerSummary {
  readonly trials: number;
  readonly wall_s: number;
  readonly startup_s: number;
  readonly step_ms: number;
  readonly overhead_ms_per_trial: number;
  readonly orchestration_ms_per_trial: number;
  readonly duplicates: number;
  readonly missing: number;
}

interface PeerRecord {
  readonly params: { readonly epsilon: number; readonly convention: string; readonly seed: number };
  readonly metrics: { readonly acc: number; readonly ece: number };
}

/** Optuna and PyTorch, one trial at a time per process, on a new PostgreSQL. */
export async function runOptuna(options: PeerOptions): Promise<OwnOutcome> {
  const dataDirectory = await mkdtemp(join(tmpdir(), "smoothsweep-bench-optuna-"));
  const postgres = await startEmbeddedPostgres({ dataDirectory: join(dataDirectory, "postgres") });
  try {
    const storage = postgres.url.replace(/^postgresql:/, "postgresql+psycopg2:");
    return await runPeer(options, {
      name: "Optuna + PyTorch",
      script: "optuna_torch.py",
      flags: ["--storage", storage],
    });
  } finally {
    await postgres.stop();
    await rm(dataDirectory, { recursive: true, force: true });
  }
}

/** PyTorch with eight trials in one program, by its fastest kernels, without any orchestration. */
export function runPackedTorch(options: PeerOptions): Promise<OwnOutcome> {
  const flags = ["--pack", "8", "--implementation", "onednn"];
  return runPeer(options, { name: "hand-packed PyTorch", script: "torch_vmap.py", flags });
}

async function runPeer(
  { python, peers, data, workers, epochs }: PeerOptions,
  peer: { name: string; script: string; flags: string[] },
): Promise<OwnOutcome> {
  const folder = await mkdtemp(join(tmpdir(), "smoothsweep-bench-peer-"));
  const out = join(folder, "results.jsonl");
  const shared = ["--data", data, "--workers", String(workers), "--epochs", String(epochs), "--out", out];
  try {
    const printed = await outputOf(python.path, [join(peers, peer.script), ...shared, ...peer.flags]);
    const summary = JSON.parse(printed.slice(printed.indexOf("\n{"))) as PeerSummary;
    const records = (await readFile(out, "utf8"))
      .trim()
      .split("\n")
      .map((line) => JSON.parse(line) as PeerRecord);
    return toOutcome(summary, records, { name: peer.name, workers, python });
  } finally {
    await rm(folder, { recursive: true, force: true });
  }
}

function toOutcome(
  summary: PeerSummary,
  records: readonly PeerRecord[],
  { name, workers, python }: { name: string; workers: number; python: Python },
): OwnOutcome {
  const { trials, duplicates } = summary;
  const doubled = duplicates > 0 ? `, ${duplicates} doubled` : "";
  return {
    contestant: name,
    workers,
    // A doubled trial is work, but no result that was asked for.
    asked: trials - duplicates,
    trained: trials,
    startSeconds: summary.startup_s,
    sweepSeconds: summary.wall_s - summary.startup_s,
    trainingSeconds: workers * summary.wall_s - (summary.overhead_ms_per_trial * trials) / 1000,
    stepMs: summary.step_ms,
    notes: `torch ${python.torch}, ${summary.orchestration_ms_per_trial} ms orchestration a trial${doubled}`,
    points: records.map(pointOf),
  };
}

function pointOf({ params, metrics }: PeerRecord): TrialPoint {
  const { epsilon, convention, seed } = params;
  return { epsilon, convention, seed, accuracy: metrics.acc, ece: metrics.ece };
}

function outputOf(command: string, commandArguments: string[]): Promise<string> {
  return new Promise((resolve, reject) => {
    const child = spawn(command, commandArguments, { stdio: ["ignore", "pipe", "inherit"] });
    let printed = "";
    child.stdout.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
    });
    child.once("error", reject);
    child.once("exit", (code) => (code === 0 ? resolve(printed) : reject(new Error(`${command} ended with ${code}`))));
  });
}
