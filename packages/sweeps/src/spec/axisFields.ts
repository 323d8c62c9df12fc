import {
  type AxisValue,
  conventionSchema,
  optimizerSpecSchema,
  type SweepSpec,
  smoothingFieldsSchema,
  trainingSpecSchema,
} from "@smoothsweep/contracts";
import { z } from "zod";

const sgd = optimizerSpecSchema.options[0].shape;
const training = trainingSpecSchema.shape;

/** Every setting that an axis may vary: its path in the specification, and the rule of one value. */
export const axisFields = {
  "smoothing.epsilon": smoothingFieldsSchema.shape.epsilon.unwrap(),
  "smoothing.convention": conventionSchema,
  "strategy.kind": z.enum(["none", "class-prior"]),
  "training.epochs": training.epochs.unwrap(),
  "training.batchSize": training.batchSize.unwrap(),
  "training.schedule": training.schedule.unwrap(),
  "training.optimizer.learningRate": sgd.learningRate.unwrap(),
  "training.optimizer.momentum": sgd.momentum.unwrap(),
} as const satisfies Record<string, z.ZodType>;

export type AxisPath = keyof typeof axisFields;
export const axisPaths = Object.keys(axisFields) as AxisPath[];

export function isAxisPath(path: string): path is AxisPath {
  return Object.hasOwn(axisFields, path);
}

/** What one cell varies: the settings of a trial that axes may reach. */
export type CellSettings = Pick<SweepSpec, "smoothing" | "strategy" | "training">;

/** A copy of the settings in which the field at `path` has `value`. */
export function withAxisValue(settings: CellSettings, path: AxisPath, value: AxisValue): CellSettings {
  const copy = structuredClone(settings) as unknown as Record<string, unknown>;
  const parts = path.split(".");
  const last = parts.pop() as string;
  let owner = copy;
  for (const part of parts) owner = owner[part] as Record<string, unknown>;
  owner[last] = value;
  return copy as unknown as CellSettings;
}
