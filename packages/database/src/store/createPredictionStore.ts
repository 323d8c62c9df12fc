import type { PredictionBlob } from "@smoothsweep/contracts";
import type { PredictionStore, StoredPrediction } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";

/** $1 trial. Whose logits are its own: the trial that was trained for it. */
const trainedSql = `
  FROM trial t JOIN trial r ON r.id = coalesce(t.representative_id, t.id)
  CROSS JOIN LATERAL (SELECT coalesce(r.reused_from_id, r.id) AS id) trained`;

/** $1 trial, $2 split. */
const describeSql = `
  SELECT s.snapshot->>'id' AS "snapshotId", p.rows, p.class_count AS "classCount" ${trainedSql}
  JOIN sweep s ON s.id = t.sweep_id
  LEFT JOIN prediction p ON p.trial_id = trained.id AND p.split = $2
  WHERE t.id = $1`;

/** $1 trial, $2 split. */
const readSql = `
  SELECT p.split, p.rows, p.class_count AS "classCount", p.encoding, p.bytes ${trainedSql}
  JOIN prediction p ON p.trial_id = trained.id AND p.split = $2
  WHERE t.id = $1`;

type Described = Pick<StoredPrediction, "snapshotId"> & { rows: number | null; classCount: number | null };

/** The port {@link PredictionStore} on PostgreSQL. */
export function createPredictionStore({ prisma }: Database): PredictionStore {
  return {
    describe: async (trialId, split) => {
      const [found] = await prisma.$queryRawUnsafe<Described[]>(describeSql, trialId, split);
      if (found === undefined) return null;
      const { snapshotId, rows, classCount } = found;
      return { snapshotId, size: rows === null || classCount === null ? null : { rows, classCount } };
    },
    read: async (trialId, split) => {
      const [found] = await prisma.$queryRawUnsafe<PredictionBlob[]>(readSql, trialId, split);
      return found === undefined ? null : { ...found, bytes: new Uint8Array(found.bytes) };
    },
  };
}
