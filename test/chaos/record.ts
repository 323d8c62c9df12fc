import { spawnSync } from "node:child_process";
import { appendFileSync, existsSync, readFileSync } from "node:fs";
import type { ScheduleOutcome } from "./runSchedule.ts";
import type { QueueBackend } from "./stack/chaosStack.ts";

/** What a schedule has shown, without its numbers. */
export interface ScheduleRecord extends Omit<ScheduleOutcome, "digests"> {
  queue: QueueBackend;
  seed: number;
  number: number;
  /** What was broken: short hash, with a `+` when files differed from it. */
  commit: string;
}

/** What is broken now. */
export function commitOfTree(): string {
  const git = (...args: string[]) => spawnSync("git", args, { encoding: "utf8" }).stdout.trim();
  return `${git("rev-parse", "--short", "HEAD")}${git("status", "--porcelain") === "" ? "" : "+"}`;
}

/** Records of a backend and seed in a file of them, by number; of a schedule that ran twice, the newest. */
export function readRecords(file: string, queue: QueueBackend, seed: number): Map<number, ScheduleRecord> {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trim().split("\n") : [];
  const records = lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ScheduleRecord);
  const own = records.filter((record) => record.queue === queue && record.seed === seed);
  return new Map(own.map((record) => [record.number, record]));
}

export function appendRecord(file: string, record: ScheduleRecord): void {
  appendFileSync(file, `${JSON.stringify(record)}\n`);
}
