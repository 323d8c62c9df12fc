import { sum } from "../numerics/sum.ts";

/** A target value and how many classes have it. */
export interface MassGroup {
  readonly mass: number;
  readonly count: number;
}

/** The entropy -sum q ln q of a distribution in nats, with 0 ln 0 = 0; classes of equal mass are counted together. */
export function rowEntropy(groups: Iterable<MassGroup>): number {
  const terms: number[] = [];
  for (const { mass, count } of groups) if (mass > 0 && mass !== 1) terms.push(-count * mass * Math.log(mass));
  return Math.max(0, sum(terms));
}
