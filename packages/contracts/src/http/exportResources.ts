import { z } from "zod";
import { epochReportSchema } from "../child/trainingMessages.ts";
import { cellSchema, sweepDetailSchema, trialSchema } from "./sweepResources.ts";

/** A trial with what computed it: versions, commit, worker; null before it has a result. */
export const exportedTrialSchema = trialSchema.extend({ provenance: z.record(z.string(), z.unknown()).nullable() });
export type ExportedTrial = z.infer<typeof exportedTrialSchema>;

/** One epoch of a trial. An equivalent has none of its own: its epochs are those of its representative. */
export const exportedReportSchema = trialSchema
  .pick({ ordinal: true, cellId: true, cell: true, seed: true, plan: true, state: true, reusedFrom: true })
  .extend({ trialId: z.string(), report: epochReportSchema });
export type ExportedReport = z.infer<typeof exportedReportSchema>;

/** What of a sweep can be exported, with the form of a row. */
export const exportRowSchemas = {
  trials: exportedTrialSchema,
  cells: cellSchema,
  reports: exportedReportSchema,
} as const;
export type ExportContent = keyof typeof exportRowSchemas;
export const exportContents = Object.keys(exportRowSchemas) as [ExportContent, ...ExportContent[]];

/** How an export is written, with its media type. `json` is one document with the sweep and all its rows. */
export const exportMediaTypes = {
  csv: "text/csv",
  ndjson: "application/x-ndjson",
  json: "application/json",
} as const;
export type ExportFormat = keyof typeof exportMediaTypes;
/** The document of the format `json`. */
export const exportDocumentSchema = z.object({
  sweep: sweepDetailSchema,
  items: z.array(z.union(Object.values(exportRowSchemas))),
});
export const exportFormats = Object.keys(exportMediaTypes) as [ExportFormat, ...ExportFormat[]];
