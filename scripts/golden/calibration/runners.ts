import type { GoldenRunner } from "../goldenOutcome.ts";
import { runCalibrationEntry } from "./runCalibrationEntry.ts";
import { runStatsEntry } from "./runStatsEntry.ts";
import { runTemperatureEntry } from "./runTemperatureEntry.ts";

/** Golden files about calibration and statistics, by the name of the file without `.json`. */
export const runners: Readonly<Record<string, GoldenRunner>> = {
  calibration: runCalibrationEntry,
  temperature: runTemperatureEntry,
  stats: runStatsEntry,
};
