import { spawnSync } from "node:child_process";
import { measureRecovery } from "./orchestration/measureRecovery.ts";
import { measureSweep } from "./orchestration/measureSweep.ts";
import { findOptunaPython, runOptuna } from "./orchestration/runOptuna.ts";
import { type Backend, startBenchStack, stopProcess } from "./orchestration/stack.ts";

/*
 * What orchestration costs: trials that do nothing, through the real API, queue, workers and PostgreSQL.
 *
 *   npm run bench -- orchestration [--full] [--trials 100,1000] [--queue postgres|redis] [--kills N] [--python PATH]
 *
 * Without --full: every count of trials with 2 workers and no reports, and the other numbers of workers and reports at
 * 1,000 trials. Overhead is wall time x workers / trials, which is what a worker loses for each trial; the floor is one
 * claim and one commit, which a pack of eight shares. Beside it Optuna on the same PostgreSQL, where there is a Python.
 * The largest sweeps come last. What does not end in time, or ends otherwise than it should, is said and left, and the
 * program fails in the end. Results are on stdout, progress on stderr.
 */
const COUNTS = [100, 1000, 10_000, 100_000];
const WORKERS = [1, 2, 4];
const REPORTS = [0, 10, 50];
/** From here on a sweep takes minutes. */
const HUGE = 100_000;

interface Case {
  trials: number;
  workers: number;
  reports: number;
}

function option(programArguments: readonly string[], name: string): string | undefined {
  const at = programArguments.indexOf(name);
  return at === -1 ? undefined : programArguments[at + 1];
}

function chooseCases(programArguments: readonly string[]): Case[] {
  const counts = option(programArguments, "--trials")?.split(",").map(Number) ?? COUNTS;
  const all = counts.flatMap((trials) =>
    WORKERS.flatMap((workers) => REPORTS.map((reports) => ({ trials, workers, reports }))),
  );
  if (programArguments.includes("--full")) return all;
  return all.filter(({ trials, workers, reports }) => {
    const odd = (workers === 2 ? 0 : 1) + (reports === 0 ? 0 : 1);
    return odd === 0 || (odd === 1 && trials === 1000);
  });
}

const columns = ["queue", "trials", "workers", "reports", "submit s", "claim ms", "ms/trial", "overhead ms"];
const row = (cells: readonly (string | number)[]) => cells.map((cell) => String(cell).padStart(12)).join("");

async function benchCase(backend: Backend, { trials, workers, reports }: Case): Promise<void> {
  const stack = await startBenchStack(backend);
  try {
    console.error(`${backend}: ${trials} trials, ${workers} workers, ${reports} reports`);
    const started = await Promise.all(Array.from({ length: workers }, () => stack.startWorker({ reports })));
    // The first sweep of a stack pays for compilation and for connections.
    await measureSweep(stack, 50);
    const { submitSeconds, claimMilliseconds, seconds } = await measureSweep(stack, trials);
    const perTrial = (1000 * seconds) / trials;
    const times = [submitSeconds.toFixed(2), claimMilliseconds.toFixed(0), perTrial.toFixed(2)];
    console.log(row([backend, trials, workers, reports, ...times, (perTrial * workers).toFixed(2)]));
    await Promise.all(started.map((worker) => stopProcess(worker)));
  } finally {
    await stack.stop();
  }
}

function quantile(sorted: readonly number[], share: number): string {
  return (sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN).toFixed(1);
}

async function benchRecovery(backend: Backend, kills: number): Promise<void> {
  const stack = await startBenchStack(backend);
  try {
    console.error(`${backend}: ${kills} kills`);
    const waits = (await measureRecovery(stack, kills)).toSorted((one, other) => one - other);
    const [p50, p95, max] = [0.5, 0.95, 1].map((share) => quantile(waits, share));
    console.log(`${backend}: ${kills} kills, ${waits.length} trials lost, running elsewhere after`);
    console.log(`  p50 ${p50} s, p95 ${p95} s, max ${max} s`);
  } finally {
    await stack.stop();
  }
}

async function benchOptuna(python: string): Promise<void> {
  const stack = await startBenchStack("postgres");
  try {
    for (const sampler of ["random", "grid"] as const) {
      for (const [trials, reports] of [
        [100, 0],
        [1000, 0],
        [100, 50],
      ] as const) {
        const perTrial = await runOptuna(python, stack.databaseUrl, { trials, workers: 2, reports, sampler });
        const overhead = (2 * perTrial).toFixed(1);
        console.log(row([`optuna ${sampler}`, trials, 2, reports, "", "", perTrial.toFixed(1), overhead]));
      }
    }
  } finally {
    await stack.stop();
  }
}

export async function run(programArguments: readonly string[] = []): Promise<void> {
  const wanted = option(programArguments, "--queue");
  const available: Backend[] =
    spawnSync("redis-server", ["--version"]).status === 0 ? ["postgres", "redis"] : ["postgres"];
  const backends = available.filter((backend) => wanted === undefined || wanted === backend);
  const failures: unknown[] = [];
  const attempt = (name: string, work: () => Promise<void>) =>
    work().catch((error: unknown) => {
      console.log(`${name} failed: ${error instanceof Error ? error.message : String(error)}`);
      failures.push(error);
    });
  const benchCases = async (isWanted: (each: Case) => boolean) => {
    for (const backend of backends) {
      for (const each of chooseCases(programArguments).filter(isWanted)) {
        await attempt(`${backend} ${JSON.stringify(each)}`, () => benchCase(backend, each));
      }
    }
  };
  console.log(row(columns));
  await benchCases(({ trials }) => trials < HUGE);
  const python = findOptunaPython(option(programArguments, "--python"));
  if (python === undefined) console.log("Optuna was not run: no Python with optuna and psycopg2 (--python PATH)");
  else await attempt("Optuna", () => benchOptuna(python));
  const kills = Number(option(programArguments, "--kills") ?? 20);
  for (const backend of backends) {
    if (kills > 0) await attempt(`${backend} recovery`, () => benchRecovery(backend, kills));
  }
  await benchCases(({ trials }) => trials >= HUGE);
  if (failures.length > 0) throw new AggregateError(failures, `${failures.length} measurements failed`);
}
