import type { Probe } from "../stack/probe.ts";
import type { History } from "./recovery.ts";

/** Every attempt and acceptance that the database holds, and how many trials were to be trained. */
export async function readHistory(probe: Probe): Promise<History & { trials: number }> {
  const attempts = await probe.rows<History["attempts"][number]>(
    `SELECT trial_id AS "trialId", token, extract(epoch FROM started_at)::float8 * 1000 AS "startedAt" FROM attempt`,
  );
  const accepted = await probe.rows<{ at: number }>(
    "SELECT extract(epoch FROM accepted_at)::float8 * 1000 AS at FROM result",
  );
  const [trial] = await probe.rows<{ count: number }>(
    "SELECT count(*)::int FROM trial WHERE representative_id IS NULL",
  );
  return { attempts, accepted: accepted.map(({ at }) => at), trials: trial?.count ?? 0 };
}
