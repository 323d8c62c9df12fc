import { jobCatalogue, type TrainGroupJob } from "@smoothsweep/contracts";
import type { QueuedToken } from "@smoothsweep/sweeps";
import type { JobsOptions } from "bullmq";
import { jobSettings } from "./queueSettings.ts";

export interface BulkJob {
  name: "train-group";
  data: TrainGroupJob;
  opts: JobsOptions;
}

/**
 * A token as a BullMQ job. The id is a function of the token, so enqueueing it twice enqueues it once; BullMQ forbids
 * ':' in ids and ids of digits only. Priority 0 would overtake every prioritised job, so priorities start at 1.
 */
export function jobOf({ job, generation }: QueuedToken): BulkJob {
  const data = jobCatalogue["train-group"].schema.parse(job);
  const jobId = `token-${data.groupId}-${generation}-${data.index}`;
  return { name: "train-group", data, opts: { ...jobSettings, jobId, priority: (data.place ?? data.index) + 1 } };
}
