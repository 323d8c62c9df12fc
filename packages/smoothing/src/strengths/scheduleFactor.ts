import { ArgumentError } from "../validation/argumentError.ts";
import { checkChoice } from "../validation/checkChoice.ts";
import { checkRange } from "../validation/checkRange.ts";
import type { EpsilonSchedule } from "./epsilonSchedule.ts";

/**
 * The factor on the canonical epsilon in one epoch.
 *
 * warm-up min(1, t/n); decay floor + (1 - floor) (1 - t/n), or with (1 + cos(pi t/n)) / 2 for shape `cosine`, and floor
 * from epoch n on; switch-off 1 before the epoch and 0 from it on.
 *
 * @param epoch t, counted from 0
 * @returns a number in [0, 1]
 * @throws ArgumentError `out_of_range`, `not_finite`, `invalid_argument`
 */
export function scheduleFactor(schedule: EpsilonSchedule, epoch: number): number {
  checkRange("epoch", epoch, { min: 0 });
  switch (schedule.kind) {
    case "constant":
      return 1;
    case "warm-up":
      checkRange("schedule.epochs", schedule.epochs, { min: 1 });
      return Math.min(1, epoch / schedule.epochs);
    case "decay": {
      const { epochs, shape = "linear", floor = 0 } = schedule;
      checkRange("schedule.epochs", epochs, { min: 1 });
      checkRange("schedule.floor", floor, { min: 0, max: 1 });
      checkChoice("schedule.shape", shape, ["linear", "cosine"]);
      const share = Math.min(1, epoch / epochs);
      const left = shape === "cosine" ? (1 + Math.cos(Math.PI * share)) / 2 : 1 - share;
      return floor + (1 - floor) * left;
    }
    case "switch-off":
      checkRange("schedule.epoch", schedule.epoch, { min: 0 });
      return epoch < schedule.epoch ? 1 : 0;
    default: {
      const rule = "must be constant, warm-up, decay or switch-off";
      const { kind } = schedule satisfies never as { kind: unknown };
      throw new ArgumentError("invalid_argument", { argument: "schedule.kind", rule, value: kind });
    }
  }
}
