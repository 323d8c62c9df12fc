import type { Audit, DeletionAnswer, ExtensionPreviewAnswer, SweepDetail, Trial } from "@smoothsweep/contracts";

const over = { reason: "it has ended", fix: "Nothing is left to do; `extend` adds trials." };
const unfinished = { reason: "it has ended", fix: "`retry` takes up the trials that have no result." };
const active = { reason: "it has not ended", fix: "`cancel` it first, or wait." };

/** What the API says of the verbs of a sweep that runs, is completed or has failed. */
export function fixtureVerbs(state: SweepDetail["state"]): Pick<SweepDetail, "verbs" | "refusals"> {
  if (state === "running") {
    const refusals = (["archive", "delete"] as const).map((verb) => ({ verb, ...active }));
    return { verbs: ["pause", "stop", "cancel", "retry", "extend"], refusals };
  }
  const refusals = (["pause", "resume", "stop", "cancel"] as const).map((verb) => ({
    verb,
    ...(state === "completed" ? over : unfinished),
  }));
  return { verbs: [...(state === "failed" ? (["retry"] as const) : []), "extend", "archive", "delete"], refusals };
}

/** What deleting would remove. */
export function fixtureDeletion({ id, name, counts }: SweepDetail): DeletionAnswer {
  const { asked, completed } = counts;
  return {
    sweepId: id,
    name,
    trials: asked,
    results: completed,
    predictionBytes: completed * 1_640_000,
    reusedElsewhere: 0,
    confirm: "fixture",
  };
}

/** What any extension would add. */
export const fixtureExtension: ExtensionPreviewAnswer = { added: 40, distinct: 34, reusable: 4 };

const audits: Readonly<Record<number, Audit>> = {
  1: { verdict: "identical", metric: "", difference: 0 },
  2: { verdict: "different", metric: "test.accuracy", difference: 0.0123 },
};

/** Of an audited sweep: some trials are reused, some were trained again, and one of ten differs. */
export function fixtureOrigin(isAudited: boolean, ordinal: number): Pick<Trial, "reusedFrom" | "audit"> {
  const audit = isAudited ? audits[ordinal % 10] : undefined;
  return { audit: audit ?? null, reusedFrom: isAudited && ordinal % 10 > 6 ? "trl_done_0" : null };
}
