/** A hard label as a row: 1 at the true class, 0 elsewhere. */
export function oneHot(trueClass: number, classCount: number): Float64Array {
  const row = new Float64Array(classCount);
  row[trueClass] = 1;
  return row;
}
