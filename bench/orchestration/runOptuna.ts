import { spawnSync } from "node:child_process";
import { join } from "node:path";
import { openDatabase } from "@smoothsweep/database";
import { readEnvironment } from "@smoothsweep/runtime";

/** What takes longer than this is given up. */
const PATIENCE_MS = 300_000;

/** A Python that can import optuna and psycopg2; undefined when there is none. */
export function findOptunaPython(wanted: string | undefined): string | undefined {
  const candidates = wanted === undefined ? ["python3", "/usr/bin/python3"] : [wanted];
  return candidates.find((python) => spawnSync(python, ["-c", "import optuna, psycopg2"]).status === 0);
}

/** Milliseconds per trial of Optuna on a database of its own on the same server. */
export async function runOptuna(
  python: string,
  databaseUrl: string,
  work: { trials: number; workers: number; reports: number; sampler: "random" | "grid" },
): Promise<number> {
  const database = openDatabase({ url: databaseUrl });
  await database.pool.query("CREATE DATABASE optuna");
  try {
    const url = new URL(databaseUrl);
    url.pathname = "/optuna";
    const address = url.toString().replace(/^postgres(ql)?:/, "postgresql+psycopg2:");
    const program = join(process.cwd(), "bench/orchestration/optunaNoop.py");
    const parameters = [work.trials, work.workers, work.reports, work.sampler].map(String);
    const { stdout, stderr, status } = spawnSync(python, [program, address, ...parameters], {
      encoding: "utf8",
      env: readEnvironment(),
      timeout: PATIENCE_MS,
      killSignal: "SIGKILL",
    });
    if (status !== 0) throw new Error(`Optuna ended with ${status}: ${stderr.slice(-500)}`);
    const { seconds, trials } = JSON.parse(stdout.trim().split("\n").at(-1) as string);
    return (1000 * seconds) / trials;
  } finally {
    await database.pool.query("DROP DATABASE optuna WITH (FORCE)");
    await database.close();
  }
}
