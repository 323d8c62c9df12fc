import type { PlannedTrial } from "./plannedSweep.ts";

/** How many trials one token stands for: about what the slowest engine claims at once. */
export const TRIALS_PER_TOKEN = 4;

/** "Group G has work", once for about every four pending trials; the index is the job's priority. */
export interface GroupToken {
  groupId: string;
  index: number;
}

/** How many tokens a group of `pending` trials gets. */
export function tokenCount(pending: number): number {
  return Math.ceil(pending / TRIALS_PER_TOKEN);
}

/** The tokens of a new sweep, group by group. */
export function tokensFor(trials: readonly PlannedTrial[]): GroupToken[] {
  const pending = new Map<string, number>();
  for (const { groupId, representativeId } of trials) {
    if (representativeId === null) pending.set(groupId, (pending.get(groupId) ?? 0) + 1);
  }
  return [...pending].flatMap(([groupId, count]) =>
    Array.from({ length: tokenCount(count) }, (_, index) => ({ groupId, index })),
  );
}
