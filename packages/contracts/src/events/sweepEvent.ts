import { z } from "zod";
import { epochReportSchema } from "../child/trainingMessages.ts";
import { sweepStateSchema } from "../states.ts";

const trialIds = z.array(z.string());

/** What happened to a sweep. Ids count 1, 2, 3 ... without gaps within a sweep, in the order of the commits. */
export const sweepEventSchema = z.discriminatedUnion("type", [
  z.object({ type: z.literal("sweep.created"), data: z.object({ asked: z.number(), distinct: z.number() }) }),
  z.object({ type: z.literal("trials.started"), data: z.object({ trialIds, workerId: z.string() }) }),
  z.object({
    type: z.literal("trial.reported"),
    data: z.object({ trialId: z.string(), report: epochReportSchema }),
  }),
  z.object({
    type: z.literal("trial.completed"),
    data: z.object({ trialId: z.string(), accuracy: z.number(), ece: z.number() }),
  }),
  z.object({
    type: z.literal("trial.failed"),
    data: z.object({ trialId: z.string(), code: z.string(), message: z.string() }),
  }),
  z.object({ type: z.literal("trials.returned"), data: z.object({ trialIds, reason: z.string() }) }),
  z.object({ type: z.literal("sweep.ended"), data: z.object({ state: sweepStateSchema }) }),
]);
export type SweepEventBody = z.infer<typeof sweepEventSchema>;
export type SweepEvent = SweepEventBody & { id: number; sweepId: string; at: string };
