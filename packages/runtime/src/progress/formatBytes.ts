const units = ["B", "KiB", "MiB", "GiB", "TiB"] as const;

/**
 * A number of bytes for people, in binary units: `512 B`, `1.5 KiB`, `11.0 MiB`.
 *
 * @param bytes At least 0.
 */
export function formatBytes(bytes: number): string {
  let rest = bytes;
  let power = 0;
  while (rest >= 1023.95 && power < units.length - 1) {
    rest /= 1024;
    power += 1;
  }
  return `${power === 0 ? Math.round(rest) : rest.toFixed(1)} ${units[power]}`;
}
