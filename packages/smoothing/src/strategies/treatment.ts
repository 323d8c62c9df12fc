import type { StaticMixing } from "../mixing/mixing.ts";
import type { TargetPlan } from "../plans/targetPlan.ts";

/**
 * What a strategy changes in a plan of plain smoothing. Whatever is left out stays as it is there.
 */
export interface Treatment
  extends Partial<
    Pick<
      TargetPlan,
      | "mixing"
      | "sampleWeight"
      | "classTermWeight"
      | "deferredWeight"
      | "sampling"
      | "logitOffset"
      | "postHocOffset"
      | "margin"
    >
  > {
  /** e in the units of the convention: one for each class. */
  readonly strength?: readonly number[];
  /** e itself, whatever the convention. */
  readonly epsilon?: number;
  /** The rows themselves; convention and strength are then not used. */
  readonly rows?: StaticMixing;
}
