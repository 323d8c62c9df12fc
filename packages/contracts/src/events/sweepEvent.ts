import { z } from "zod";
import { epochReportSchema } from "../child/trainingMessages.ts";
import { sweepStateSchema } from "../states.ts";

const trialIds = z.array(z.string());

/** What happened to a sweep. Ids count 1, 2, 3 ... without gaps within a sweep, in the order of the commits. */
export const sweepEventSchema = z.discriminatedUnion("type", [
  z.object({
    type: z.literal("sweep.created"),
    data: z.object({ asked: z.number(), distinct: z.number(), reused: z.number().optional() }),
  }),
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
  z.object({ type: z.literal("trials.cancelled"), data: z.object({ trialIds, code: z.string() }) }),
  /** A verb took effect; `trials` counts those whose state it changed: they are too many to be named. */
  z.object({
    type: z.literal("sweep.changed"),
    data: z.object({ verb: z.string(), state: sweepStateSchema, trials: z.number() }),
  }),
  z.object({
    type: z.literal("sweep.extended"),
    data: z.object({ added: z.number(), asked: z.number(), distinct: z.number(), reused: z.number() }),
  }),
  z.object({ type: z.literal("trials.returned"), data: z.object({ trialIds, reason: z.string() }) }),
  z.object({ type: z.literal("sweep.ended"), data: z.object({ state: sweepStateSchema }) }),
]);
export type SweepEventBody = z.infer<typeof sweepEventSchema>;
export type SweepEvent = SweepEventBody & { id: number; sweepId: string; at: string };
