const CELLS = 24;

/** A share in [0, 1] as a bar of 24 characters. */
export function progressBar(share: number): string {
  const filled = Math.round(Math.min(1, Math.max(0, share)) * CELLS);
  return "█".repeat(filled) + "░".repeat(CELLS - filled);
}
