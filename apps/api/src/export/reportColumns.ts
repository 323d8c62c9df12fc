import type { EpochReport, ExportedReport, SweepDetail } from "@smoothsweep/contracts";
import { type Column, settingColumns, splitColumns } from "./sharedColumns.ts";

const measure = (name: Exclude<keyof EpochReport, "validation">) => (row: ExportedReport) => row.report[name] ?? null;

/** The table of epochs: whose it is, its settings, and what the epoch reported. */
export function reportColumns(sweep: SweepDetail): Column<ExportedReport>[] {
  return [
    ["sweep_id", () => sweep.id],
    ["trial_id", ({ trialId }) => trialId],
    ["ordinal", ({ ordinal }) => ordinal],
    ["state", ({ state }) => state],
    ["cell_id", ({ cellId }) => cellId],
    ["seed", ({ seed }) => seed],
    ...settingColumns<ExportedReport>(sweep, ({ cell, plan }) => ({ values: cell, plan })),
    ["reused_from_trial_id", ({ reusedFrom }) => reusedFrom],
    ["epoch", measure("epoch")],
    ["train_loss", measure("trainLoss")],
    ["excess_loss", measure("excessLoss")],
    ...splitColumns<ExportedReport>("validation", ({ report }) => report.validation),
    ["learning_rate", measure("learningRate")],
    ["examples_per_second", measure("examplesPerSecond")],
    ["largest_logit", measure("largestLogit")],
    ["weight_norm", measure("weightNorm")],
    ["last_layer_norm", measure("lastLayerNorm")],
    ["gradient_norm", measure("gradientNorm")],
    ["confidence_fraction", measure("confidence")],
  ];
}
