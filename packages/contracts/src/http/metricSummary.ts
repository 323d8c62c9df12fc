import { z } from "zod";

/** Metrics that cells are compared by, in the order they are shown. `direction` says which way is better. */
export const cellMetrics = {
  accuracy: { label: "accuracy", unit: "fraction", direction: "up" },
  nll: { label: "NLL", unit: "nats", direction: "down" },
  brier: { label: "Brier", unit: "0 to 2", direction: "down" },
  ece: { label: "ECE", unit: "fraction", direction: "down" },
  scaledNll: { label: "NLL after T", unit: "nats", direction: "down" },
  scaledEce: { label: "ECE after T", unit: "fraction", direction: "down" },
  temperature: { label: "T", unit: "", direction: "none" },
  signedGap: { label: "confidence - accuracy", unit: "fraction", direction: "zero" },
} as const;
export type CellMetric = keyof typeof cellMetrics;
export const cellMetricSchema = z.enum(Object.keys(cellMetrics) as [CellMetric, ...CellMetric[]]);

/** Mean over seeds with its 95 % t interval; the ends are null for one seed, which has no spread. */
export const metricSummarySchema = z.object({
  n: z.number().int(),
  mean: z.number(),
  sd: z.number().nullable(),
  low: z.number().nullable(),
  high: z.number().nullable(),
});
export type MetricSummary = z.infer<typeof metricSummarySchema>;
