import { type SweepDetail, type SweepVerb, sweepVerbs } from "@smoothsweep/contracts";

/** A verb as it is offered. */
export interface VerbChoice {
  verb: SweepVerb;
  /** Why it cannot be done now and what to do instead; undefined when it can. */
  refusal: string | undefined;
}

/**
 * The verbs in their order, as the API's state table has them. One that would change nothing is left out: a sweep that is
 * paused has no `pause`.
 */
export function verbChoices({ verbs, refusals, counts }: Pick<SweepDetail, "verbs" | "refusals" | "counts">) {
  const refused = new Map(refusals.map(({ verb, reason, fix }) => [verb, inWords(reason, fix)]));
  return sweepVerbs.flatMap((verb): VerbChoice[] => {
    if (verb === "retry" && verbs.includes(verb) && counts.failed + counts.cancelled === 0) {
      return [{ verb, refusal: "No trial has failed or was cancelled." }];
    }
    if (verbs.includes(verb)) return [{ verb, refusal: undefined }];
    const refusal = refused.get(verb);
    return refusal === undefined ? [] : [{ verb, refusal }];
  });
}

/** "it has ended" and "`retry` takes it up." as sentences. */
function inWords(reason: string, fix: string): string {
  return `${sentence(`${reason}.`)} ${sentence(fix)}`;
}

function sentence(text: string): string {
  const plain = text.replaceAll("`", "");
  return `${plain.charAt(0).toUpperCase()}${plain.slice(1)}`;
}
