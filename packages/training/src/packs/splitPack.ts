import { sharedTraining } from "@smoothsweep/contracts";
import type { TrainingSettings } from "../settings/trainingSettings.ts";
import { isFactored } from "../targets/targetTimeline.ts";
import type { PackRequest, PackTrial } from "./packTypes.ts";

/** The settings that a trial of a pack is trained with. */
export function trainingOf({ training }: PackTrial, request: Pick<PackRequest, "training">): TrainingSettings {
  return training ?? request.training;
}

/** Text that is the same for the same settings, in whatever order their fields were written. */
export function sortedText(settings: object): string {
  return JSON.stringify(settings, (_, value: unknown) => {
    if (typeof value !== "object" || value === null || Array.isArray(value)) return value;
    return Object.fromEntries(Object.entries(value).sort(([a], [b]) => (a < b ? -1 : 1)));
  });
}

/** What trials must have in common to train on the same batches in one program. */
function programKey(trial: PackTrial, training: TrainingSettings): string {
  return sortedText([sharedTraining(training), trial.plan.sampling, isFactored(trial.plan)]);
}

/** Trials of one program, all with settings of their own; `training` holds what these have in common. */
export interface PackPart {
  readonly trials: readonly PackTrial[];
  readonly training: TrainingSettings;
}

/**
 * The trials of a pack in parts that can train in one program: trials whose rows are drawn differently cannot share
 * batches, some settings of training are the program's, and targets of many classes come in two forms. Parts train one
 * after another; the order within a part is that of the pack. A trial's numbers do not depend on the part it is in
 * (law 6).
 */
export function splitPack(request: Pick<PackRequest, "trials" | "training">): PackPart[] {
  const parts = new Map<string, PackPart & { readonly trials: PackTrial[] }>();
  for (const given of request.trials) {
    const training = trainingOf(given, request);
    const trial = { ...given, training };
    const key = programKey(given, training);
    const part = parts.get(key);
    if (part) part.trials.push(trial);
    else parts.set(key, { trials: [trial], training });
  }
  return [...parts.values()];
}
