import {
  buildTargetPlan,
  type ConventionName,
  composePlans,
  type LabelAwareShape,
  type PlanContext,
  type SmoothingSpec,
  type StrategySpec,
  type TargetPlan,
  type Taxonomy,
} from "@smoothsweep/smoothing";
import { conventions } from "./names.ts";

/** A specification as the golden files write it. */
export interface GoldenSpec {
  readonly convention?: string;
  readonly epsilon?: number;
  readonly padClass?: number | null;
  readonly strategy?: string;
  readonly headEpsilon?: number;
  readonly tailEpsilon?: number;
  readonly shape?: string;
  readonly power?: number | null;
  readonly teacherLogits?: readonly number[] | readonly (readonly number[])[];
  readonly temperature?: number;
  readonly tree?: Taxonomy;
  readonly beta?: number;
  readonly levelWeights?: readonly number[];
  readonly includeSelf?: boolean;
  readonly compose?: readonly GoldenSpec[];
}

/** The plan of a golden specification. */
export function planOf(spec: GoldenSpec, context: PlanContext): TargetPlan {
  if (spec.compose !== undefined) return spec.compose.map((part) => planOf(part, context)).reduce(composePlans);
  const own = spec.tree === undefined ? context : { ...context, taxonomy: spec.tree };
  return buildTargetPlan({ smoothing: smoothingOf(spec), strategy: strategyOf(spec) }, own);
}

/** The smoothing of a golden specification; un-normalised conventions are asked for on purpose here. */
export function smoothingOf({ convention = "uniform", epsilon = 0, padClass }: GoldenSpec): SmoothingSpec {
  // a name that is not known here is the library's to refuse
  const name = convention === "oneHot" ? "uniform" : (conventions[convention] ?? (convention as ConventionName));
  const smoothing = { convention: name, epsilon: convention === "oneHot" ? 0 : epsilon, allowUnnormalised: true };
  return padClass === undefined || padClass === null ? smoothing : { ...smoothing, padClass };
}

function strategyOf(spec: GoldenSpec): StrategySpec {
  switch (spec.strategy) {
    case undefined:
    case "uniform":
      return { kind: "none" };
    case "classPrior":
      return { kind: "class-prior" };
    case "inversePrior":
      return { kind: "inverse-prior" };
    case "labelAware": {
      const { headEpsilon = 0, tailEpsilon = 0, power } = spec;
      const shape = (spec.shape === "exp" ? "exponential" : spec.shape) as LabelAwareShape;
      const strategy = { kind: "label-aware", headEpsilon, tailEpsilon, shape } as const;
      return power === undefined || power === null ? strategy : { ...strategy, power };
    }
    case "teacher":
      return { kind: "teacher", logits: spec.teacherLogits ?? [], temperature: spec.temperature ?? 1 };
    case "hierarchicalExp":
      return { kind: "hierarchical", beta: spec.beta ?? 0 };
    case "levelMixture":
      return { kind: "level-mixture", levelWeights: spec.levelWeights ?? [], includeSelf: spec.includeSelf ?? true };
    default:
      return { kind: spec.strategy } as unknown as StrategySpec;
  }
}
