import { chmodSync, mkdirSync, mkdtempSync, readdirSync, rmdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { createReleaser, type Releaser } from "@smoothsweep/runtime";
import { faultCatalogue } from "./faults/catalogue.ts";
import type { StackShape } from "./faults/fault.ts";
import type { ResultDigests } from "./invariants/readResultDigests.ts";
import { appendRecord, commitOfTree, readRecords, type ScheduleRecord } from "./record.ts";
import { describeAll, describeOutcome } from "./report.ts";
import { runSchedule, type ScheduleOutcome } from "./runSchedule.ts";
import { describeSchedule, planSchedule, type Schedule } from "./schedule/planSchedule.ts";
import type { QueueBackend, Servers } from "./stack/chaosStack.ts";
import { prepareTemplate } from "./stack/databases.ts";
import { linkNames } from "./stack/links.ts";
import { startPostgresServer } from "./stack/postgresServer.ts";
import { startRedisServer } from "./stack/redisServer.ts";

export interface ChaosOptions {
  queue: QueueBackend;
  seed: number;
  /** Which schedules of the seed; numbers from 1. */
  numbers: readonly number[];
  workers: number;
  engine: string;
  /** Whether logs and tables of schedules that passed are kept too. */
  keep: boolean;
  /** File that outcomes are added to. Schedules that it holds already are not run again ... */
  record?: string | undefined;
  /** ... unless this says so. */
  isAgain?: boolean;
  /** An undisturbed run of before, also with the other queue: numbers do not depend on it. Absent: one is made first. */
  undisturbed?: ScheduleOutcome | undefined;
  print: (line: string) => void;
}

export interface ChaosOutcome {
  undisturbed: ScheduleOutcome;
  outcomes: ScheduleRecord[];
  /** Numbers of the schedules that violated something. */
  failed: number[];
}

/** Runs an undisturbed sweep, then the schedules, each on a database of its own, and compares. */
export async function runChaos(options: ChaosOptions): Promise<ChaosOutcome> {
  const directory = mkdtempSync(join(tmpdir(), "smoothsweep-chaos-"));
  // PostgreSQL's own account must be able to pass through.
  chmodSync(directory, 0o711);
  const releaser = createReleaser();
  try {
    const servers = await startServers(options.queue, directory, releaser);
    return await runAll({ ...options, servers, directory });
  } finally {
    await releaser.releaseAll();
    for (const files of ["postgres", "redis"]) rmSync(join(directory, files), { recursive: true, force: true });
    // What is left then is the evidence of schedules that failed.
    if (readdirSync(directory).length === 0) rmdirSync(directory);
  }
}

type Context = ChaosOptions & { servers: Servers; directory: string };

async function runAll(context: Context): Promise<ChaosOutcome> {
  const { queue, seed, workers, engine, print } = context;
  print(`queue ${queue}, seed ${seed}, ${workers} workers, engine ${engine}`);
  const undisturbed = context.undisturbed ?? (await runUndisturbed(context));
  const { record: file, isAgain } = context;
  const kept = file === undefined || isAgain ? new Map() : readRecords(file, queue, seed);
  const commit = commitOfTree();
  const outcomes: ScheduleRecord[] = [];
  for (const number of context.numbers) {
    outcomes.push(kept.get(number) ?? (await runOne({ ...context, commit, undisturbed }, number)));
  }
  for (const line of describeAll(outcomes)) print(line);
  const failed = outcomes.filter(({ violations }) => violations.length > 0).map(({ number }) => number);
  return { undisturbed, outcomes, failed };
}

async function runOne(
  context: Context & { commit: string; undisturbed: ScheduleOutcome },
  number: number,
): Promise<ScheduleRecord> {
  const { queue, seed, commit, undisturbed, print } = context;
  const schedule = planFor(context, number, undisturbed.trials);
  print(`schedule ${number}`);
  for (const line of describeSchedule(schedule)) print(`  ${line}`);
  const { digests: _, ...outcome } = await runPlanned(context, schedule, undisturbed.digests);
  print(`  ${describeOutcome(outcome)}`);
  if (outcome.violations.length > 0) for (const line of failureLines(context, number, outcome)) print(`  ${line}`);
  const record = { queue, seed, number, commit, ...outcome };
  if (context.record !== undefined) appendRecord(context.record, record);
  return record;
}

async function runUndisturbed(context: Context): Promise<ScheduleOutcome> {
  const outcome = await runPlanned(context, { seed: context.seed, number: 0, steps: [] }, undefined);
  context.print(`undisturbed: ${describeOutcome(outcome)}; a full disk is a ${outcome.diskMethod}`);
  if (outcome.violations.length === 0) return outcome;
  throw new Error(`the undisturbed run is not right:\n${outcome.violations.join("\n")}`);
}

function planFor({ queue, seed, workers }: Context, number: number, trials: number): Schedule {
  const services = ["api", ...Array.from({ length: workers }, (_, index) => `worker-${index + 1}`)];
  const shape: StackShape = { queue, workers, links: linkNames(services, queue === "redis") };
  return planSchedule({ seed, number, shape, faults: faultCatalogue, trials });
}

async function runPlanned(
  { servers, workers, engine, directory, keep }: Context,
  schedule: Schedule,
  reference: ResultDigests | undefined,
): Promise<ScheduleOutcome> {
  const own = join(directory, `schedule-${schedule.number}`);
  const name = `chaos_${process.pid}_${schedule.number}`;
  const outcome = await runSchedule({ schedule, servers, workers, engine, name, directory: own, reference, keep });
  if (outcome.violations.length === 0 && !keep) rmSync(own, { recursive: true, force: true });
  return outcome;
}

/** Lines of violations that are printed; the rest is in the evidence. */
const VIOLATIONS_SHOWN = 20;

function failureLines(
  { queue, seed, directory }: Context,
  number: number,
  { violations }: { violations: string[] },
): string[] {
  const more = violations.length - VIOLATIONS_SHOWN;
  return [
    ...violations.slice(0, VIOLATIONS_SHOWN).map((line) => `violated: ${line}`),
    ...(more > 0 ? [`and ${more} more`] : []),
    `logs and tables: ${join(directory, `schedule-${number}`)}`,
    `again: npm run chaos -- --queue ${queue} --seed ${seed} --schedule ${number}`,
  ];
}

async function startServers(queue: QueueBackend, directory: string, releaser: Releaser): Promise<Servers> {
  const postgres = await startPostgresServer(join(directory, "postgres"));
  releaser.add("postgres", () => postgres.stop());
  await prepareTemplate(postgres);
  if (queue === "postgres") return { postgres, redis: undefined };
  mkdirSync(join(directory, "redis"));
  const redis = await startRedisServer(join(directory, "redis"));
  releaser.add("redis", () => redis.stop());
  return { postgres, redis };
}
