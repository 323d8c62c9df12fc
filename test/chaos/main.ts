import { parseArgs } from "node:util";
import { type ChaosOptions, runChaos } from "./runChaos.ts";
import type { QueueBackend } from "./stack/chaosStack.ts";
import { canStartRedis } from "./stack/redisServer.ts";

/*
 * Breaks the real product in seeded ways and checks that nothing was lost, doubled or changed:
 *
 *   npm run chaos -- --schedules N --seed S [--queue redis|postgres] [--schedule K] [--engine wasm] [--workers 2] [--keep]
 *                    [--record FILE]
 *
 * Without --queue both backends take their turn. --schedule K runs that one alone. --keep keeps logs and tables of all.
 * --record adds outcomes to a file; with --schedules what it holds is not run again, so that a long run may be interrupted.
 * Needs Linux (/proc), and redis-server on PATH for Redis. As root a full disk is a real one.
 */

/** @returns the exit code: 0 when every schedule passed */
export async function run(args: readonly string[]): Promise<number> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      schedules: { type: "string", default: "5" },
      seed: { type: "string", default: "1" },
      schedule: { type: "string" },
      queue: { type: "string" },
      engine: { type: "string", default: "wasm" },
      workers: { type: "string", default: "2" },
      keep: { type: "boolean", default: false },
      record: { type: "string" },
    },
  });
  const shared: Omit<ChaosOptions, "queue"> = {
    seed: wholeNumber("--seed", values.seed, 0),
    numbers: numbersOf(values),
    workers: wholeNumber("--workers", values.workers, 1),
    engine: values.engine,
    keep: values.keep,
    record: values.record,
    isAgain: values.schedule !== undefined,
    print: (line) => void process.stdout.write(`${line}\n`),
  };
  // What is left behind otherwise ends by itself when we are gone.
  for (const signal of ["SIGINT", "SIGTERM"] as const) process.once(signal, () => process.exit(130));
  let undisturbed: ChaosOptions["undisturbed"];
  let failures = 0;
  for (const queue of queuesOf(values.queue)) {
    const outcome = await runChaos({ ...shared, queue, undisturbed });
    failures += outcome.failed.length;
    undisturbed = outcome.undisturbed;
  }
  return failures === 0 ? 0 : 1;
}

function numbersOf({ schedule, schedules }: { schedule?: string; schedules: string }): number[] {
  if (schedule !== undefined) return [wholeNumber("--schedule", schedule, 1)];
  return Array.from({ length: wholeNumber("--schedules", schedules, 1) }, (_, index) => index + 1);
}

function queuesOf(asked: string | undefined): QueueBackend[] {
  if (asked === "redis" || asked === "postgres") return [asked];
  if (asked !== undefined) throw new Error(`--queue must be redis or postgres, got ${asked}`);
  if (canStartRedis()) return ["redis", "postgres"];
  process.stderr.write("redis-server is not on PATH: Redis is left out\n");
  return ["postgres"];
}

function wholeNumber(name: string, text: string, low: number): number {
  const value = Number(text);
  if (Number.isSafeInteger(value) && value >= low) return value;
  throw new Error(`${name} must be a whole number from ${low}, got ${text}`);
}
