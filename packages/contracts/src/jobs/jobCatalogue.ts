import { z } from "zod";

/**
 * The job catalogue: name -> schema of its payload and how long its lock lasts.
 * A payload is ids and a schema version, never weights or metrics: the database is the truth, a job is only a hint
 * that there is work. Fields added later are optional, because jobs enqueued before them are still in flight.
 */
export const jobCatalogue = {
  /** "Group G of sweep S has work": a worker claims what its engine wants; if nothing is left, the job just ends. */
  "train-group": {
    schema: z.strictObject({
      version: z.literal(1),
      sweepId: z.string(),
      groupId: z.string(),
      /** Position among the group's tokens. */
      index: z.number().int().nonnegative(),
      /** Place in the line of all sweeps, the job's priority, so that sweeps share the workers fairly; else the index. */
      place: z.number().int().nonnegative().optional(),
    }),
  },
} as const;

export type JobName = keyof typeof jobCatalogue;
export type TrainGroupJob = z.infer<(typeof jobCatalogue)["train-group"]["schema"]>;
