import type { SweepSpec, SweepState } from "@smoothsweep/contracts";
import {
  type CheckedPlanningTools,
  type DatasetCatalogue,
  extendSpec,
  type KnownTrial,
  type PlannedExtension,
  planExtension,
  type SnapshotDescription,
  type SweepExtension,
} from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { notFound } from "../store/reads.ts";
import { allowedRule } from "./holdForVerb.ts";

/** What extending needs besides the database. */
export interface ExtensionTools extends CheckedPlanningTools {
  catalogue: DatasetCatalogue;
}

/** What a user wants to add to which sweep. */
export interface ExtensionInput {
  sweepId: string;
  extension: SweepExtension;
  tools: ExtensionTools;
}

/** A sweep as it was when its extension was planned. */
export interface SweepBefore {
  id: string;
  state: SweepState;
  isArchived: boolean;
  spec: SweepSpec;
  snapshot: SnapshotDescription;
  specHash: string;
  known: KnownTrial[];
}

/**
 * Plans what an extension adds to a sweep as it is now. Nothing is locked, because planning 100,000 trials takes seconds:
 * the sweep may have changed afterwards.
 * @throws AppError `not_found`, `verb_refused`, `invalid_request`, `invalid_spec`
 */
export async function planOnto(
  database: Database,
  { sweepId, extension, tools }: ExtensionInput,
): Promise<{ before: SweepBefore; planned: PlannedExtension }> {
  const before = await readSweep(database, sweepId);
  const spec = extendSpec(before.spec, extension, tools.catalogue);
  return { before, planned: await planExtension(before, spec, tools) };
}

async function readSweep({ prisma }: Database, sweepId: string): Promise<SweepBefore> {
  const [row] = await prisma.$queryRawUnsafe<Omit<SweepBefore, "known">[]>(
    `SELECT id, state::text AS state, archived_at IS NOT NULL AS "isArchived", spec, snapshot, spec_hash AS "specHash"
     FROM sweep WHERE id = $1`,
    sweepId,
  );
  if (row === undefined) throw notFound("sweep", sweepId);
  // Spares the planning; it is looked up again when the sweep is held.
  allowedRule("extend", row);
  const known = await prisma.$queryRawUnsafe<KnownTrial[]>(
    `SELECT id, ordinal, cell_id AS "cellId", seed::float8 AS seed, fingerprint, representative_id AS "representativeId"
     FROM trial WHERE sweep_id = $1`,
    sweepId,
  );
  return { ...row, known };
}
