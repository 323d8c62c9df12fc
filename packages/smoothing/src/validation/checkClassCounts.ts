import { ArgumentError } from "./argumentError.ts";

/** What {@link checkClassCounts} asks of the counts. */
export interface ClassCountRules {
  /** The number of classes that the counts must have, when it is known. */
  readonly classCount?: number;
  /** Whether a class may have no example: false (default) refuses it. */
  readonly emptyAllowed?: boolean;
}

/**
 * Refuses class counts n_k that are not whole numbers of 0 or more, that are all 0, or that hold an empty class where
 * 1 / n_k is needed.
 * @throws ArgumentError `empty_input`, `wrong_length`, `invalid_class_counts`, `empty_class`
 */
export function checkClassCounts(classCounts: readonly number[], rules: ClassCountRules = {}): void {
  if (classCounts.length === 0) {
    throw new ArgumentError("empty_input", {
      argument: "classCounts",
      rule: "must hold at least one count",
      value: classCounts,
    });
  }
  if (rules.classCount !== undefined && rules.classCount !== classCounts.length) {
    const rule = `must hold ${rules.classCount} counts`;
    throw new ArgumentError("wrong_length", { argument: "classCounts", rule, value: classCounts.length });
  }
  for (let index = 0; index < classCounts.length; index++) checkCount(classCounts[index]!, index, rules);
  if (classCounts.every((count) => count === 0)) {
    const rule = "must hold at least one example";
    throw new ArgumentError("invalid_class_counts", { argument: "classCounts", rule, value: classCounts });
  }
}

function checkCount(count: number, index: number, rules: ClassCountRules): void {
  const argument = `classCounts[${index}]`;
  if (!Number.isInteger(count) || count < 0) {
    const rule = "must be a whole number of 0 or more";
    throw new ArgumentError("invalid_class_counts", { argument, rule, value: count });
  }
  if (count === 0 && rules.emptyAllowed !== true) {
    throw new ArgumentError("empty_class", { argument, rule: "must be 1 or more", value: count });
  }
}
