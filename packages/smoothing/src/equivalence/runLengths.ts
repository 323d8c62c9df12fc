/** A list as text with repeats counted: [1, 1, 1, 2] is "1x3 2". Equal numbers throughout are one: [1, 1] is "1". */
export function runLengths(values: readonly number[]): string {
  const runs: string[] = [];
  let start = 0;
  for (let index = 1; index <= values.length; index++) {
    if (index < values.length && values[index] === values[start]) continue;
    const length = index - start;
    runs.push(length === 1 || length === values.length ? `${values[start]}` : `${values[start]}x${length}`);
    start = index;
  }
  return runs.join(" ");
}
