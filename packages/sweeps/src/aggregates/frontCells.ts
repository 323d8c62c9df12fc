import type { Cell } from "@smoothsweep/contracts";

/**
 * Cells that no other one beats: none is at least as accurate and at least as well calibrated (ECE), and better in one,
 * in the means over seeds. Equal cells are all kept; cells without a result are none of them. O(n log n).
 */
export function frontCells(cells: readonly Cell[]): Cell[] {
  const measured = cells.flatMap((cell) =>
    cell.metrics === null ? [] : [{ cell, accuracy: cell.metrics.accuracy.mean, ece: cell.metrics.ece.mean }],
  );
  measured.sort((left, right) => left.ece - right.ece || right.accuracy - left.accuracy);
  const front: typeof measured = [];
  for (const candidate of measured) {
    const best = front.at(-1);
    const isEqual = candidate.accuracy === best?.accuracy && candidate.ece === best.ece;
    if (best === undefined || candidate.accuracy > best.accuracy || isEqual) front.push(candidate);
  }
  return front.map(({ cell }) => cell);
}
