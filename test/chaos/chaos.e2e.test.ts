import { existsSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runChaos } from "./runChaos.ts";
import type { ScheduleOutcome } from "./runSchedule.ts";
import { canStartRedis } from "./stack/redisServer.ts";

/** Together they deal every kind of fault at least once. */
const numbers = [1, 2, 3, 4, 5];
const TIME_LIMIT_MS = 480_000;

describe.skipIf(!existsSync("/proc/self/environ"))("faults of every kind (they need Linux)", () => {
  it.skipIf(!canStartRedis()).each(["redis"] as const)(
    "lose no trial, double none and change no number, with the queue on %s (redis-server must be on PATH)",
    survive,
    TIME_LIMIT_MS,
  );
  it.each(["postgres"] as const)(
    "lose no trial, double none and change no number, with the queue on %s",
    survive,
    TIME_LIMIT_MS,
  );
});

/** The run that both backends are compared with. */
let undisturbed: ScheduleOutcome | undefined;

async function survive(queue: "redis" | "postgres"): Promise<void> {
  const lines: string[] = [];
  const print = (line: string) => void lines.push(line);
  const settings = { seed: 1, numbers, workers: 2, engine: "wasm", keep: false };
  const outcome = await runChaos({ ...settings, queue, undisturbed, print });
  undisturbed = outcome.undisturbed;
  const { outcomes, failed } = outcome;
  expect(failed, lines.join("\n")).toEqual([]);
  expect(outcomes.map(({ trials }) => trials >= 60)).toEqual(numbers.map(() => true));
  const reclaimed = outcomes.flatMap(({ recoveries }) => recoveries.flatMap(({ reclaimedMs }) => reclaimedMs));
  expect(reclaimed.length).toBeGreaterThan(0);
}
