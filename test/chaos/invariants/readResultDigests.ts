import type { Probe } from "../stack/probe.ts";

/** Everything that a trial's result consists of, byte for byte. */
export interface ResultDigest {
  metrics: string;
  predictions: string;
  reports: string;
}

/** By fingerprint: the same work must give the same numbers. */
export type ResultDigests = ReadonlyMap<string, ResultDigest>;

interface Row extends ResultDigest {
  trialId: string;
  fingerprint: string;
}

/** Metrics and reports as they are stored, without the speed that was measured, and the hash of each split's logits. */
const digestsSql = `
  SELECT t.id AS "trialId", t.fingerprint, r.metrics::text AS metrics,
    (SELECT coalesce(string_agg(p.split || ' ' || encode(sha256(p.bytes), 'hex'), ', ' ORDER BY p.split), '')
      FROM prediction p WHERE p.trial_id = t.id) AS predictions,
    (SELECT coalesce(string_agg((p.metrics - 'examplesPerSecond')::text, ', ' ORDER BY p.epoch), '')
      FROM report p WHERE p.trial_id = t.id AND p.token = r.token) AS reports
  FROM trial t JOIN result r ON r.trial_id = t.id ORDER BY t.sweep_id, t.ordinal`;

/** Every accepted result. */
export function readResultRows(probe: Probe): Promise<Row[]> {
  return probe.rows<Row>(digestsSql);
}

/** Results of an undisturbed run. */
export async function readResultDigests(probe: Probe): Promise<ResultDigests> {
  const rows = await readResultRows(probe);
  return new Map(
    rows.map(({ fingerprint, metrics, predictions, reports }) => [fingerprint, { metrics, predictions, reports }]),
  );
}
