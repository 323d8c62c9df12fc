import type { PlannedSweep } from "./plannedSweep.ts";

/** What was merged, in words: one line for each target plan that several cells share. */
export function mergeNotes(sweep: PlannedSweep): string[] {
  const cellOfTrial = new Map(sweep.trials.map(({ id, cell }) => [id, cell]));
  const followers = new Map<string, Set<string>>();
  for (const { cell, representativeId } of sweep.trials) {
    const owner = representativeId === null ? undefined : cellOfTrial.get(representativeId);
    if (owner === undefined || owner.id === cell.id) continue;
    followers.set(owner.id, (followers.get(owner.id) ?? new Set()).add(cell.id));
  }
  const cells = new Map(sweep.cells.map((cell) => [cell.id, cell]));
  return [...followers].map(([ownerId, cellIds]) => {
    const owner = cells.get(ownerId);
    return `${cellIds.size + 1} cells have the same targets and are trained once a seed: ${owner?.planSummary.explanation}`;
  });
}
