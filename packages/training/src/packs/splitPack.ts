import type { TargetPlan } from "@smoothsweep/smoothing";
import { isFactored } from "../targets/targetTimeline.ts";
import type { PackTrial } from "./packTypes.ts";

/** What trials must have in common to train on the same batches in one program. */
function programKey(plan: TargetPlan): string {
  return JSON.stringify([plan.sampling, isFactored(plan)]);
}

/**
 * The trials of a pack in parts that can train in one program: trials whose rows are drawn differently cannot share
 * batches, and targets of many classes come in two forms. Parts train one after another; the order within a part is
 * that of the pack. A trial's numbers do not depend on the part it is in (law 6).
 */
export function splitPack(trials: readonly PackTrial[]): PackTrial[][] {
  const parts = new Map<string, PackTrial[]>();
  for (const trial of trials) {
    const key = programKey(trial.plan);
    const part = parts.get(key);
    if (part) part.push(trial);
    else parts.set(key, [trial]);
  }
  return [...parts.values()];
}
