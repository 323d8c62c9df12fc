import {
  type AxisValue,
  conventionSchema,
  invalidSpec,
  optimizerSpecSchema,
  type SweepSpec,
  smoothingFieldsSchema,
  strategySpecSchema,
  trainingSpecSchema,
} from "@smoothsweep/contracts";
import { z } from "zod";
import { formatIssuePath } from "./issuePath.ts";
import { structuralIssues } from "./structuralIssues.ts";

const training = trainingSpecSchema.shape;

/** Settings that are told apart by a `kind`, each kind with fields of its own. */
const kindSchemas = {
  strategy: strategySpecSchema,
  "training.optimizer": optimizerSpecSchema,
  "training.loss": training.loss.unwrap(),
} as const;

type KindParent = keyof typeof kindSchemas;
type Option = z.ZodObject<{ kind: z.ZodLiteral<string> }>;

/** The settings of every kind; fields of other kinds are dropped. */
const kindFields = Object.fromEntries(
  Object.entries(kindSchemas).map(([parent, schema]) => [
    parent,
    new Map((schema.options as readonly Option[]).map((option) => [option.shape.kind.value, z.object(option.shape)])),
  ]),
) as unknown as Record<KindParent, ReadonlyMap<unknown, z.ZodObject>>;

function kindsOf(parent: KindParent) {
  return z.enum([...kindFields[parent].keys()] as [string, ...string[]]);
}

/** The rule of a kind's own field, without its default. */
function fieldOf(parent: KindParent, kind: string, field: string): z.ZodType {
  const rule = kindFields[parent].get(kind)?.shape[field] as z.ZodType;
  return rule instanceof z.ZodDefault || rule instanceof z.ZodExactOptional ? (rule.unwrap() as z.ZodType) : rule;
}

/** Every setting that an axis may vary: its path in the specification, and the rule of one value. */
export const axisFields = {
  "smoothing.epsilon": smoothingFieldsSchema.shape.epsilon.unwrap(),
  "smoothing.convention": conventionSchema,
  "strategy.kind": kindsOf("strategy"),
  "strategy.tau": fieldOf("strategy", "logit-adjusted", "tau"),
  "strategy.from": fieldOf("strategy", "distillation", "from"),
  "strategy.temperature": fieldOf("strategy", "distillation", "temperature"),
  "strategy.weight": fieldOf("strategy", "distillation", "weight"),
  "strategy.when": fieldOf("strategy", "logit-adjusted", "when"),
  "strategy.factor": fieldOf("strategy", "smaller-epsilon", "factor"),
  "strategy.headEpsilon": fieldOf("strategy", "label-aware", "headEpsilon"),
  "strategy.tailEpsilon": fieldOf("strategy", "label-aware", "tailEpsilon"),
  "strategy.shape": fieldOf("strategy", "label-aware", "shape"),
  "strategy.weights": fieldOf("strategy", "weighted", "weights"),
  "strategy.beta": fieldOf("strategy", "weighted", "beta"),
  "strategy.form": fieldOf("strategy", "weighted", "form"),
  "strategy.sampling": fieldOf("strategy", "resampled", "sampling"),
  "strategy.maxMargin": fieldOf("strategy", "ldam", "maxMargin"),
  "strategy.scale": fieldOf("strategy", "ldam", "scale"),
  "strategy.power": fieldOf("strategy", "zipf", "power"),
  "strategy.startEpoch": fieldOf("strategy", "ldam-drw", "startEpoch"),
  "training.epochs": training.epochs.unwrap(),
  "training.batchSize": training.batchSize.unwrap(),
  "training.schedule": training.schedule.unwrap(),
  "training.warmUpEpochs": training.warmUpEpochs.unwrap(),
  "training.weightDecay": training.weightDecay.unwrap(),
  "training.l1Penalty": training.l1Penalty.unwrap(),
  "training.gradientNormMax": training.gradientNormMax.unwrap(),
  "training.dropout": training.dropout.unwrap(),
  "training.mixup": training.mixup.unwrap(),
  "training.optimizer.kind": kindsOf("training.optimizer"),
  "training.optimizer.learningRate": fieldOf("training.optimizer", "sgd", "learningRate"),
  "training.optimizer.momentum": fieldOf("training.optimizer", "sgd", "momentum"),
  "training.optimizer.nesterov": fieldOf("training.optimizer", "sgd", "nesterov"),
  "training.optimizer.beta1": fieldOf("training.optimizer", "adam", "beta1"),
  "training.optimizer.beta2": fieldOf("training.optimizer", "adam", "beta2"),
  "training.loss.kind": kindsOf("training.loss"),
  "training.loss.gamma": fieldOf("training.loss", "focal", "gamma"),
  "training.loss.beta": fieldOf("training.loss", "confidence-penalty", "beta"),
  "training.loss.margin": fieldOf("training.loss", "margin-label-smoothing", "margin"),
  "training.loss.weight": fieldOf("training.loss", "margin-label-smoothing", "weight"),
  "training.loss.convention": fieldOf("training.loss", "binary-cross-entropy", "convention"),
  "training.loss.output": fieldOf("training.loss", "squared-error", "output"),
} as const satisfies Record<string, z.ZodType>;

export type AxisPath = keyof typeof axisFields;
export const axisPaths = Object.keys(axisFields) as AxisPath[];

export function isAxisPath(path: string): path is AxisPath {
  return Object.hasOwn(axisFields, path);
}

/** What one cell varies: the settings of a trial that axes may reach. */
export type CellSettings = Pick<SweepSpec, "smoothing" | "strategy" | "training">;

type Fields = Record<string, unknown>;

function unreachable(path: AxisPath, reason: string): Error {
  const at = formatIssuePath(["axes", path]);
  const fix = "Give the kind that has this setting in the base specification, or leave the axis out.";
  return invalidSpec([{ path: at, code: "unknown_axis", message: `\`${at}\` ${reason}`, fix }]);
}

/**
 * The settings of a kind after one of them was varied: fields that the kind does not have are dropped, those it needs
 * must be there, and its defaults are filled in.
 */
function settledFields(path: AxisPath, parent: KindParent, given: Fields): Fields {
  const kind = given["kind"];
  const fields = kindFields[parent].get(kind);
  const field = path.slice(parent.length + 1);
  if (fields === undefined || !Object.hasOwn(fields.shape, field)) {
    const of = kind === undefined ? "which is not given" : `which has no \`${field}\` for kind ${JSON.stringify(kind)}`;
    throw unreachable(path, `varies \`${parent}\`, ${of}`);
  }
  const parsed = fields.safeParse(given, { reportInput: true });
  if (parsed.success) return parsed.data;
  const issues = parsed.error.issues.map((issue) => ({ ...issue, path: [...parent.split("."), ...issue.path] }));
  throw invalidSpec(structuralIssues(issues, () => []));
}

/**
 * A copy of the settings in which the field at `path` has `value`.
 * @throws AppError `invalid_spec` where the base has no such setting: the strength of a loss that was not chosen
 */
export function withAxisValue(settings: CellSettings, path: AxisPath, value: AxisValue): CellSettings {
  const copy = structuredClone(settings) as unknown as Fields;
  const parts = path.split(".");
  const last = parts.pop() as string;
  const parent = parts.join(".");
  const ownerKey = parts.pop() as string;
  const holder = parts.reduce<Fields>((owner, part) => owner[part] as Fields, copy);
  const varied = { ...(holder[ownerKey] as Fields | undefined), [last]: value };
  holder[ownerKey] = Object.hasOwn(kindSchemas, parent) ? settledFields(path, parent as KindParent, varied) : varied;
  return copy as unknown as CellSettings;
}
