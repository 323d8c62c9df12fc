import { type CellMetric, cellMetrics } from "@smoothsweep/contracts";
import type { CalibrationMetric } from "./model/scatterPoints.ts";
import { type CellSortKey, isCellSortKey } from "./model/sortCells.ts";

/** What the address of a sweep's page tells beside the sweep. Whatever has its default is absent. */
export interface SweepSearch {
  /** Calibration error of the scatter: `scaled` is after temperature, raw is absent. */
  calibration?: "scaled" | undefined;
  /** Logarithmic calibration error. */
  scale?: "log" | undefined;
  /** A facet for each strategy. */
  split?: true | undefined;
  /** Metric of the epsilon response: ECE when absent. */
  metric?: CellMetric | undefined;
  /** Order of the table of cells: the axes' when absent. */
  sort?: CellSortKey | undefined;
  order?: "asc" | "desc" | undefined;
  /** Id of the selected cell. */
  cell?: string | undefined;
  /** Id of the trial in the drawer. */
  trial?: string | undefined;
}

/** Takes what it understands of an address and drops the rest. */
export function readSweepSearch(raw: Record<string, unknown>): SweepSearch {
  const search: SweepSearch = {};
  if (raw["calibration"] === "scaled") search.calibration = "scaled";
  if (raw["scale"] === "log") search.scale = "log";
  if (raw["split"] === true) search.split = true;
  const metric = raw["metric"];
  if (typeof metric === "string" && metric in cellMetrics) search.metric = metric as CellMetric;
  if (isCellSortKey(raw["sort"])) search.sort = raw["sort"];
  if (raw["order"] === "asc" || raw["order"] === "desc") search.order = raw["order"];
  if (typeof raw["cell"] === "string") search.cell = raw["cell"];
  if (typeof raw["trial"] === "string") search.trial = raw["trial"];
  return search;
}

/** The calibration error that the address asks for. */
export function calibrationMetric({ calibration }: SweepSearch): CalibrationMetric {
  return calibration === "scaled" ? "scaledEce" : "ece";
}

/** Changes a part of the address. */
export type ChangeSearch = (change: Partial<SweepSearch>) => void;
