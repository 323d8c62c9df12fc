import { packingObstacle, sharedTraining } from "@smoothsweep/contracts";
import { isFactored } from "../targets/targetTimeline.ts";
import type { PackNote, PackRequest, PackTrial } from "./packTypes.ts";
import { type PackPart, sortedText, trainingOf } from "./splitPack.ts";

/** What keeps trials out of one program, and what of a trial decides it. */
function differences(request: PackRequest): readonly (readonly [string, (trial: PackTrial) => unknown])[] {
  return [
    ["their rows are drawn in different ways", ({ plan }) => plan.sampling],
    ["their settings are not those of one program", (trial) => sharedTraining(trainingOf(trial, request))],
    ["targets of so many classes are kept in two forms", ({ plan }) => isFactored(plan)],
  ];
}

function idsOf(trials: readonly PackTrial[]): string[] {
  return trials.map(({ trialId }) => trialId);
}

function partsNote(request: PackRequest, parts: readonly PackPart[]): PackNote[] {
  if (parts.length === 1) return [];
  const { trials } = request;
  const reasons = differences(request).flatMap(([reason, of]) =>
    new Set(trials.map((trial) => sortedText([of(trial)]))).size > 1 ? [reason] : [],
  );
  const sizes = parts.map((part) => part.trials.length).join(" + ");
  return [{ trialIds: idsOf(trials), text: `${sizes} trials train one part after another: ${reasons.join(", ")}` }];
}

function modelNote({ model, trials }: PackRequest): PackNote[] {
  const obstacle = packingObstacle(model);
  if (obstacle === undefined || trials.length === 1) return [];
  const text = `the convolutions of \`${model.kind}\` train one trial after another: ${obstacle}`;
  return [{ trialIds: idsOf(trials), text }];
}

/** Why a pack does not train in one go, one note a reason; none where it does. */
export function packNotes(request: PackRequest, parts: readonly PackPart[]): PackNote[] {
  return [...modelNote(request), ...partsNote(request, parts)];
}

/** What is said when a program was too large for memory. */
export function halvingNote(trials: readonly PackTrial[], of: number): PackNote {
  const text = `memory ran out with ${of} trials in one program: the ${trials.length} that had no end yet begin anew in halves`;
  return { trialIds: idsOf(trials), text };
}
