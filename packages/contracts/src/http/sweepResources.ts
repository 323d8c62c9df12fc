import { z } from "zod";
import { engineInfoSchema, epochReportSchema, trialMetricsSchema } from "../child/trainingMessages.ts";
import { sweepStateSchema, sweepVerbs, trialStateSchema } from "../states.ts";
import { axisValueSchema, seedSchema, sweepSpecSchema, TRIALS_MAX } from "../sweepSpec/sweepSpec.ts";
import { cellMetricSchema, metricSummarySchema } from "./metricSummary.ts";

const timestamp = z.string();

/** Trials by state. Equivalents follow their representative: `pending + ... + cancelled = distinct <= asked`. */
export const trialCountsSchema = z.object({
  asked: z.number().int(),
  distinct: z.number().int(),
  pending: z.number().int(),
  running: z.number().int(),
  completed: z.number().int(),
  failed: z.number().int(),
  cancelled: z.number().int(),
});
export type TrialCounts = z.infer<typeof trialCountsSchema>;

/** How a repeated trial compares with the one it repeats. */
export const auditSchema = z.object({
  /** Bit for bit the same; within tolerance on another engine; or neither. */
  verdict: z.enum(["identical", "close", "different"]),
  /** The metric that differs most, and by how much; empty and 0 when none does. */
  metric: z.string(),
  difference: z.number(),
});
export type Audit = z.infer<typeof auditSchema>;

/** Reproduction audit: how many repeated trials came to what verdict. */
export const auditCountsSchema = z.object({
  identical: z.number().int(),
  close: z.number().int(),
  different: z.number().int(),
});
export type AuditCounts = z.infer<typeof auditCountsSchema>;

/** Progress of a sweep, from the trials completed so far. */
export const progressSchema = z.object({
  /** Distinct trials completed per minute; null before two have ended. */
  trialsPerMinute: z.number().nullable(),
  etaSeconds: z.number().nullable(),
});
export type Progress = z.infer<typeof progressSchema>;

export const sweepSummarySchema = z.object({
  id: z.string(),
  name: z.string(),
  description: z.string(),
  state: sweepStateSchema,
  specHash: z.string(),
  dataset: z.string(),
  counts: trialCountsSchema,
  /** Distinct trials that were completed with the result of another sweep. */
  reused: z.number().int(),
  audits: auditCountsSchema,
  priority: z.number().int(),
  progress: progressSchema,
  /** Engines that computed its results so far. */
  engines: z.array(engineInfoSchema),
  createdAt: timestamp,
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
  archivedAt: timestamp.nullable(),
});
export type SweepSummary = z.infer<typeof sweepSummarySchema>;

export const sweepDetailSchema = sweepSummarySchema.extend({
  /** The specification with every default filled in. */
  spec: sweepSpecSchema,
  snapshot: z.object({
    id: z.string(),
    classCount: z.number().int(),
    featureCount: z.number().int(),
    trainClassCounts: z.array(z.number().int()),
  }),
  /** What can be done with it now. */
  verbs: z.array(z.enum(sweepVerbs)),
  /** What is refused now, why, and what to do instead. The other verbs would change nothing: it is so already. */
  refusals: z.array(z.object({ verb: z.enum(sweepVerbs), reason: z.string(), fix: z.string() })),
  /** Id of the newest event: read the sweep, then stream events after this one. */
  lastEventId: z.number().int(),
});
export type SweepDetail = z.infer<typeof sweepDetailSchema>;

const cellValues = z.record(z.string(), axisValueSchema);

/** A target plan in words and numbers: the user's own convention beside its canonical form (law 8). */
export const planSummarySchema = z.object({
  convention: z.string(),
  epsilon: z.number(),
  /** Uniform-equivalent epsilon; null where the plan has none. */
  canonicalEpsilon: z.number().nullable(),
  strategy: z.string(),
  rowSum: z.number(),
  explanation: z.string(),
});
export type PlanSummary = z.infer<typeof planSummarySchema>;

export const trialSchema = z.object({
  id: z.string(),
  sweepId: z.string(),
  ordinal: z.number().int(),
  cellId: z.string(),
  cell: cellValues,
  seed: z.number().int(),
  plan: planSummarySchema,
  state: trialStateSchema,
  /** The trial that is trained for this one as well; null when it is trained itself. */
  representativeId: z.string().nullable(),
  attempts: z.number().int(),
  /** Attempts whose worker or training process vanished. */
  losses: z.number().int(),
  /** The trial of another sweep whose result this is. */
  reusedFrom: z.string().nullable(),
  /** Set when this trial repeats one of another sweep and has a result. */
  audit: auditSchema.nullable(),
  metrics: trialMetricsSchema.nullable(),
  engine: engineInfoSchema.nullable(),
  seconds: z.number().nullable(),
  /** Why it ended without a result: it failed, or it was cancelled. */
  failure: z.object({ code: z.string(), message: z.string() }).nullable(),
  startedAt: timestamp.nullable(),
  endedAt: timestamp.nullable(),
});
export type Trial = z.infer<typeof trialSchema>;

export const trialDetailSchema = trialSchema.extend({
  reports: z.array(epochReportSchema),
  provenance: z.record(z.string(), z.unknown()).nullable(),
});
export type TrialDetail = z.infer<typeof trialDetailSchema>;

/** One combination of axis values, over its seeds. */
export const cellSchema = z.object({
  id: z.string(),
  values: cellValues,
  plan: planSummarySchema,
  /** Cells with the same target plan share a representative: the first of them. */
  representativeId: z.string(),
  trials: z.number().int(),
  completed: z.number().int(),
  failed: z.number().int(),
  reused: z.number().int(),
  audits: auditCountsSchema,
  metrics: z.record(cellMetricSchema, metricSummarySchema).nullable(),
  /** One point per completed seed. */
  points: z.array(z.object({ seed: z.number().int(), accuracy: z.number(), ece: z.number(), scaledEce: z.number() })),
});
export type Cell = z.infer<typeof cellSchema>;

export const sweepListSchema = z.object({ items: z.array(sweepSummarySchema), nextCursor: z.string().nullable() });
export type SweepList = z.infer<typeof sweepListSchema>;
export const trialListSchema = z.object({ items: z.array(trialSchema), nextCursor: z.string().nullable() });
export type TrialList = z.infer<typeof trialListSchema>;
export const cellListSchema = z.object({ items: z.array(cellSchema), nextCursor: z.string().nullable() });
export type CellList = z.infer<typeof cellListSchema>;

/** Answer to a submission. */
export const submittedSweepSchema = z.object({
  id: z.string(),
  name: z.string(),
  counts: trialCountsSchema,
  /** What was merged, in words, one line a kind. */
  notes: z.array(z.string()),
  /** The same specification was there already: this is that sweep. */
  joined: z.boolean(),
  reused: z.number().int(),
});
export type SubmittedSweep = z.infer<typeof submittedSweepSchema>;

/** Answer to a verb. */
export const verbAnswerSchema = z.object({
  state: sweepStateSchema,
  isArchived: z.boolean(),
  /** False when it was so already. */
  changed: z.boolean(),
  /** Trials whose state changed. */
  trials: z.number().int(),
});
export type VerbAnswer = z.infer<typeof verbAnswerSchema>;

/** More seeds, and values of axes that the sweep has. */
export const extensionRequestSchema = z.strictObject({
  seeds: z.array(seedSchema).max(TRIALS_MAX).default([]),
  axes: z.record(z.string(), z.array(axisValueSchema)).default({}),
});
export type ExtensionRequest = z.input<typeof extensionRequestSchema>;

export const extensionAnswerSchema = verbAnswerSchema.extend({
  added: z.number().int(),
  reused: z.number().int(),
});
export type ExtensionAnswer = z.infer<typeof extensionAnswerSchema>;

/** What an extension would add. */
export const extensionPreviewSchema = z.object({
  /** Trials, equivalents counted. */
  added: z.number().int(),
  /** Of these, those that are no equivalents. */
  distinct: z.number().int(),
  /** Of the distinct ones, those with a result in another sweep, which `cache` lets it take over. */
  reusable: z.number().int(),
});
export type ExtensionPreviewAnswer = z.infer<typeof extensionPreviewSchema>;

/** What deleting a sweep removes, and the token that confirms it. */
export const deletionPreviewSchema = z.object({
  sweepId: z.string(),
  name: z.string(),
  trials: z.number().int(),
  results: z.number().int(),
  predictionBytes: z.number(),
  reusedElsewhere: z.number().int(),
  confirm: z.string(),
});
export type DeletionAnswer = z.infer<typeof deletionPreviewSchema>;

export const deletedSweepSchema = z.object({ deleted: z.string() });
export const drainedWorkerSchema = z.object({ draining: z.string() });

export const workerSchema = z.object({
  id: z.string(),
  host: z.string(),
  pid: z.number().int(),
  version: z.string(),
  protocol: z.number().int(),
  engine: engineInfoSchema,
  packCapacity: z.number().int(),
  memoryBytes: z.number().nullable(),
  startedAt: timestamp,
  seenAt: timestamp,
  endedAt: timestamp.nullable(),
  drainReason: z.string().nullable(),
  /** Trials whose lease it holds. */
  running: z.number().int(),
});
export const workerListSchema = z.object({ items: z.array(workerSchema) });
export type WorkerList = z.infer<typeof workerListSchema>;

export const healthSchema = z.object({
  status: z.enum(["ok", "unavailable"]),
  version: z.string(),
  checks: z.record(z.string(), z.object({ ok: z.boolean(), message: z.string().optional() })),
});
export type Health = z.infer<typeof healthSchema>;
