import type { EpsilonSchedule } from "../strengths/epsilonSchedule.ts";
import type { ConventionName } from "./conventionName.ts";

/** The smoothing as the user writes it, in the user's own convention. */
export interface SmoothingSpec {
  readonly convention: ConventionName;
  /** e, in the units of the convention. */
  readonly epsilon: number;
  /** Accepts a convention whose rows do not sum to 1 (default false). */
  readonly allowUnnormalised?: boolean;
  /** The class that is padding; only `off-target-exclude-pad` needs it (default 0). */
  readonly padClass?: number;
  /** How the strength changes over the epochs (default constant). */
  readonly schedule?: EpsilonSchedule;
}
