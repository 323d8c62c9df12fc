import { z } from "zod";
import { engineInfoSchema } from "../child/trainingMessages.ts";
import { modelSpecSchema } from "../sweepSpec/modelSpec.ts";

/** Name of the file in the cache in which the workers of a machine remember what packs of each size have shown. */
export const PACK_SIZES_FILE = "pack-sizes.json";

/** What one pack has shown. */
export const packSampleSchema = z.object({
  /** Training examples per second of all its trials together. */
  rate: z.number(),
  /** Resident memory of the training process. */
  memoryBytes: z.number(),
});
export type PackSample = z.infer<typeof packSampleSchema>;

/** What a pack's rate depends on: the engine, the processor, the model and the shape of its batches. */
export const packWorkSchema = z.object({
  engine: engineInfoSchema,
  processor: z.string(),
  model: modelSpecSchema,
  dataset: z.string(),
  batchSize: z.number(),
  optimizer: z.string(),
  loss: z.string(),
});
export type PackWork = z.infer<typeof packWorkSchema>;

/** The file: kind of work, a {@link PackWork} as JSON -> size -> samples, the newest last. */
export const packSizesSchema = z.record(z.string(), z.record(z.string(), z.array(packSampleSchema)));
export type PackSizeSamples = z.infer<typeof packSizesSchema>;
