/** What a front is made of: more accuracy and less miscalibration are better. */
export interface FrontCandidate {
  accuracy: number;
  miscalibration: number;
}

/**
 * Candidates that no other one dominates: none is at least as good in both means and better in one.
 * Sorted by miscalibration, so that neighbours can be connected. O(n log n).
 */
export function paretoFront<Candidate extends FrontCandidate>(candidates: readonly Candidate[]): Candidate[] {
  const sorted = candidates
    .filter(({ accuracy, miscalibration }) => Number.isFinite(accuracy) && Number.isFinite(miscalibration))
    .sort((a, b) => a.miscalibration - b.miscalibration || b.accuracy - a.accuracy);
  const front: Candidate[] = [];
  for (const candidate of sorted) {
    const best = front.at(-1);
    const isTie = candidate.accuracy === best?.accuracy && candidate.miscalibration === best.miscalibration;
    if (best === undefined || candidate.accuracy > best.accuracy || isTie) front.push(candidate);
  }
  return front;
}
