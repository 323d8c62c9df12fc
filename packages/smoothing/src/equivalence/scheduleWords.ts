import type { EpsilonSchedule } from "../strengths/epsilonSchedule.ts";

/**
 * A schedule in words that are the same for the same factors, whatever defaults were left out and in whatever order the
 * fields came; empty where the factor is 1 throughout.
 */
export function scheduleWords(schedule: EpsilonSchedule | null): string {
  switch (schedule?.kind) {
    case "warm-up":
      return `|warm-up ${schedule.epochs}`;
    case "decay": {
      const { epochs, shape = "linear", floor = 0 } = schedule;
      return floor === 1 ? "" : `|decay ${epochs} ${shape} ${floor}`;
    }
    case "switch-off":
      return `|switch-off ${schedule.epoch}`;
    default:
      return "";
  }
}
