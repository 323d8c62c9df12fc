const grouped = new Intl.NumberFormat("en-US");

/** A whole number with thousands separated: `4,000`. */
export function formatCount(count: number): string {
  return grouped.format(count);
}

/** A count with its noun: `1 trial`, `9 trials`. */
export function formatCounted(count: number, singular: string, plural = `${singular}s`): string {
  return `${formatCount(count)} ${count === 1 ? singular : plural}`;
}
