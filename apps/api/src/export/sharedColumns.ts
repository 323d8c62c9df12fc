import type { AxisValue, PlanSummary, SplitMetrics, SweepDetail } from "@smoothsweep/contracts";
import type { CsvValue } from "./csvRecord.ts";

/** A column of a table: its name, with the unit where there is one, and its value in a row. */
export type Column<Row> = readonly [name: string, value: (row: Row) => CsvValue];

/** The settings of a cell. */
interface Settings {
  values: Readonly<Record<string, AxisValue>>;
  plan: PlanSummary;
}

/** One column an axis, by its path, and what the loss sees: the user's own convention beside its canonical form (law 8). */
export function settingColumns<Row>({ spec }: SweepDetail, settingsOf: (row: Row) => Settings): Column<Row>[] {
  const plan = (value: (plan: PlanSummary) => CsvValue) => (row: Row) => value(settingsOf(row).plan);
  return [
    ...Object.keys(spec.axes).map((path): Column<Row> => [path, (row) => settingsOf(row).values[path] ?? null]),
    ["convention", plan(({ convention }) => convention)],
    ["epsilon", plan(({ epsilon }) => epsilon)],
    ["uniform_equivalent_epsilon", plan(({ canonicalEpsilon }) => canonicalEpsilon)],
    ["strategy", plan(({ strategy }) => strategy)],
    ["target_row_sum", plan(({ rowSum }) => rowSum)],
    ["target_explanation", plan(({ explanation }) => explanation)],
  ];
}

/** The metrics of one split. */
export function splitColumns<Row>(
  split: "test" | "validation",
  metricsOf: (row: Row) => SplitMetrics | undefined,
): Column<Row>[] {
  const metric = (name: keyof SplitMetrics) => (row: Row) => metricsOf(row)?.[name] ?? null;
  return [
    [`${split}_accuracy_fraction`, metric("accuracy")],
    [`${split}_nll_nats`, metric("nll")],
    [`${split}_brier_0_to_2`, metric("brier")],
    [`${split}_ece_fraction`, metric("ece")],
    [`${split}_signed_gap_fraction`, metric("signedGap")],
    [`${split}_logit_norm`, metric("logitNorm")],
  ];
}
