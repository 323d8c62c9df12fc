import type { ExportedTrial, SweepDetail, TrialMetrics } from "@smoothsweep/contracts";
import type { CsvValue } from "./csvRecord.ts";
import { type Column, settingColumns, splitColumns } from "./sharedColumns.ts";

type TrialColumn = Column<ExportedTrial>;

/** The table of trials: who it is, its settings, where its result comes from, metrics, and what computed them. */
export function trialColumns(sweep: SweepDetail): TrialColumn[] {
  return [
    ["sweep_id", ({ sweepId }) => sweepId],
    ["trial_id", ({ id }) => id],
    ["ordinal", ({ ordinal }) => ordinal],
    ["state", ({ state }) => state],
    ["cell_id", ({ cellId }) => cellId],
    ["seed", ({ seed }) => seed],
    ...settingColumns<ExportedTrial>(sweep, ({ cell, plan }) => ({ values: cell, plan })),
    ...originColumns,
    ...splitColumns<ExportedTrial>("test", ({ metrics }) => metrics?.test),
    ...splitColumns<ExportedTrial>("validation", ({ metrics }) => metrics?.validation),
    ...temperatureColumns,
    ...executionColumns,
    ["data_snapshot_id", () => sweep.snapshot.id],
    ...provenanceColumns,
  ];
}

const originColumns: readonly TrialColumn[] = [
  ["merged_into_trial_id", ({ representativeId }) => representativeId],
  ["reused_from_trial_id", ({ reusedFrom }) => reusedFrom],
  ["audit_verdict", ({ audit }) => audit?.verdict ?? null],
  ["audit_metric", ({ audit }) => audit?.metric ?? null],
  ["audit_difference", ({ audit }) => audit?.difference ?? null],
];

const metric = (value: (metrics: TrialMetrics) => CsvValue) => (trial: ExportedTrial) =>
  trial.metrics === null ? null : value(trial.metrics);

const temperatureColumns: readonly TrialColumn[] = [
  ["temperature", metric(({ temperature }) => temperature)],
  ["temperature_optimum", metric(({ temperatureOptimum }) => temperatureOptimum)],
  ["scaled_test_nll_nats", metric(({ scaledTest }) => scaledTest.nll)],
  ["scaled_test_ece_fraction", metric(({ scaledTest }) => scaledTest.ece)],
  ["scaled_test_brier_0_to_2", metric(({ scaledTest }) => scaledTest.brier)],
  ["train_loss", metric(({ trainLoss }) => trainLoss)],
  ["excess_loss", metric(({ excessLoss }) => excessLoss)],
];

const executionColumns: readonly TrialColumn[] = [
  ["attempts", ({ attempts }) => attempts],
  ["losses", ({ losses }) => losses],
  ["failure_code", ({ failure }) => failure?.code ?? null],
  ["failure_message", ({ failure }) => failure?.message ?? null],
  ["started_at", ({ startedAt }) => startedAt],
  ["ended_at", ({ endedAt }) => endedAt],
  ["training_seconds", ({ seconds }) => seconds],
  ["engine", ({ engine }) => engine?.name ?? null],
  ["engine_version", ({ engine }) => engine?.version ?? null],
  ["engine_device", ({ engine }) => engine?.device ?? null],
  ["engine_threads", ({ engine }) => engine?.threads ?? null],
];

/** What workers say of themselves; other versions may say more or less. */
const provenanceColumns: readonly TrialColumn[] = [
  ["worker_id", provenance("workerId")],
  ["worker_host", provenance("host")],
  ["worker_version", provenance("version")],
  ["training_version", provenance("trainingVersion")],
  ["commit", provenance("commit")],
];

function provenance(name: string) {
  return ({ provenance: known }: ExportedTrial): CsvValue => {
    const value = known?.[name];
    return typeof value === "string" || typeof value === "number" ? value : null;
  };
}
