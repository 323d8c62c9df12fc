import { ArgumentError } from "../validation/argumentError.ts";
import { requireNotEmpty } from "../validation/requireArray.ts";
import { requireChoice } from "../validation/requireChoice.ts";

/** Classes by how many training examples they have. */
export interface FrequencyGroups {
  /** Class indices with many examples. */
  readonly head: readonly number[];
  /** Class indices in between. */
  readonly medium: readonly number[];
  /** Class indices with few examples. */
  readonly tail: readonly number[];
}

/** How {@link frequencyGroups} cuts: by counts, or by the given number of most and least frequent classes. */
export type FrequencyCut =
  | { readonly by: "count"; readonly headAbove?: number; readonly tailBelow?: number }
  | { readonly by: "rank"; readonly headClasses: number; readonly tailClasses: number };

/**
 * Splits classes into head, medium and tail by their training counts.
 *
 * `count`: head has more than 100 examples, tail fewer than 20 (defaults of the long-tail literature). `rank`: the given
 * numbers of most and least frequent classes, ties to the lower class index, for small sets where counts do not fit.
 *
 * @param trainCounts - training examples per class, each 0 or more
 * @param cut - where to cut, `{ by: "count" }` (default)
 * @returns class indices of the three groups, ascending
 * @throws {ArgumentError} when counts or cuts break a rule
 * @see Liu et al., "Large-scale long-tailed recognition in an open world", 2019
 */
export function frequencyGroups(trainCounts: readonly number[], cut: FrequencyCut = { by: "count" }): FrequencyGroups {
  requireNotEmpty("trainCounts", trainCounts);
  for (const [index, count] of trainCounts.entries())
    if (!(Number.isFinite(count) && count >= 0))
      throw new ArgumentError(`trainCounts[${index}]`, "must be a number of at least 0", count);
  requireChoice("cut.by", cut.by, ["count", "rank"]);
  const group =
    cut.by === "count" ? byCount(trainCounts, cut.headAbove ?? 100, cut.tailBelow ?? 20) : byRank(trainCounts, cut);
  const classes = trainCounts.map((_, index) => index);
  return {
    head: classes.filter((index) => group(index) === "head"),
    medium: classes.filter((index) => group(index) === "medium"),
    tail: classes.filter((index) => group(index) === "tail"),
  };
}

type GroupOf = (classIndex: number) => keyof FrequencyGroups;

function byCount(counts: readonly number[], headAbove: number, tailBelow: number): GroupOf {
  if (!(tailBelow <= headAbove))
    throw new ArgumentError("tailBelow", `must be at most headAbove ${headAbove}`, tailBelow);
  return (index) => (counts[index]! > headAbove ? "head" : counts[index]! < tailBelow ? "tail" : "medium");
}

function byRank(counts: readonly number[], cut: { headClasses: number; tailClasses: number }): GroupOf {
  const { headClasses, tailClasses } = cut;
  for (const [argument, value] of Object.entries({ headClasses, tailClasses }))
    if (!(Number.isInteger(value) && value >= 0))
      throw new ArgumentError(argument, "must be an integer of at least 0", value);
  if (headClasses + tailClasses > counts.length)
    throw new ArgumentError("headClasses + tailClasses", `must be at most ${counts.length}`, headClasses + tailClasses);
  const order = counts.map((_, index) => index).sort((a, b) => counts[b]! - counts[a]! || a - b);
  const rank = new Map(order.map((classIndex, position) => [classIndex, position]));
  return (index) => {
    const position = rank.get(index)!;
    return position < headClasses ? "head" : position >= counts.length - tailClasses ? "tail" : "medium";
  };
}
