import type { Probe } from "./stack/probe.ts";

/** Trials by state, in words. */
export async function whatIsThere(probe: Probe): Promise<string> {
  const rows = await probe.rows<{ state: string; count: number }>(
    "SELECT state::text, count(*)::int FROM trial WHERE representative_id IS NULL GROUP BY state ORDER BY state",
  );
  return rows.map(({ state, count }) => `${count} ${state}`).join(", ");
}
