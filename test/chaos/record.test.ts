import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, expect, it } from "vitest";
import { appendRecord, readRecords, type ScheduleRecord } from "./record.ts";
import { describeAll } from "./report.ts";

const recovery = { kind: "network.cut", resource: "api-redis", refused: 0, nextResultMs: 500, reclaimedMs: [6000] };
const record: ScheduleRecord = {
  ...{ queue: "redis", seed: 2, number: 1, commit: "abc1234", diskMethod: "trigger", seconds: 20 },
  ...{ violations: [], recoveries: [recovery], trials: 70, attempts: 77 },
};

let directory: string;
let file: string;
beforeEach(() => {
  directory = mkdtempSync(join(tmpdir(), "smoothsweep-record-"));
  file = join(directory, "records.jsonl");
});
afterEach(() => rmSync(directory, { recursive: true, force: true }));

it("keeps the newest outcome of each schedule, of one backend and seed", () => {
  expect(readRecords(file, "redis", 2).size).toBe(0);
  appendRecord(file, { ...record, violations: ["stuck"] });
  appendRecord(file, record);
  appendRecord(file, { ...record, number: 2 });
  appendRecord(file, { ...record, number: 3, queue: "postgres" });
  appendRecord(file, { ...record, number: 4, seed: 3 });
  expect([...readRecords(file, "redis", 2).values()]).toEqual([record, { ...record, number: 2 }]);
});

it("tells of all schedules together how often each fault struck and each link was broken, and which failed", () => {
  const zombie = { kind: "worker.freeze", resource: "worker-2", refused: 9, nextResultMs: 100, reclaimedMs: [] };
  const lines = describeAll([
    record,
    { ...record, number: 2, recoveries: [recovery, zombie], attempts: 70, violations: ["stuck"] },
  ]).map((line) => line.replaceAll(/ +/g, " "));
  expect(lines).toContain("network.cut 2 0.5 0.5 0.5 2 6.0 6.0 6.0");
  expect(lines).toContain("worker.freeze 1 0.1 0.1 0.1 0 - - - 9");
  expect(lines).toContain("api-redis: 2 network.cut");
  expect(lines).toContain("executions per trial: 1.050 (147 attempts of 140 trials)");
  expect(lines.at(-1)).toBe("2 schedules on redis, seed 2, commit abc1234: failed: 2");
});
