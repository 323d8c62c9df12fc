import { placeOf } from "../lifecycle/fairShare.ts";

/** How many trials one token stands for: about what the slowest engine claims at once. */
export const TRIALS_PER_TOKEN = 4;

/** A group with trials that wait for a worker. */
export interface WaitingGroup {
  groupId: string;
  pending: number;
}

/** "Group G has work", once for about every four pending trials. */
export interface GroupToken {
  groupId: string;
  /** Position among the group's tokens. */
  index: number;
  /** Place in the line of all sweeps; the job's priority. */
  place: number;
}

/** How many tokens a group of `pending` trials gets. */
export function tokenCount(pending: number): number {
  return Math.ceil(pending / TRIALS_PER_TOKEN);
}

/**
 * The tokens of a sweep, the first of every group before the second of any, one stride apart.
 * @param line Where the sweep lines up, and its priority.
 */
export function tokensFor(
  groups: readonly WaitingGroup[],
  { start, priority }: { start: number; priority: number },
): GroupToken[] {
  const tokens = groups.flatMap(({ groupId, pending }) =>
    Array.from({ length: tokenCount(pending) }, (_, index) => ({ groupId, index })),
  );
  tokens.sort((left, right) => left.index - right.index);
  return tokens.map((token, position) => ({ ...token, place: placeOf(start, position, priority) }));
}
