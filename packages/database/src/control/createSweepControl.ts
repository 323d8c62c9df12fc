import type { SweepControl } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { translateErrors } from "../connection/translateErrors.ts";
import { applyVerb } from "./applyVerb.ts";
import { deleteSweep, previewDeletion } from "./deleteSweep.ts";
import { type ExtensionTools, extendSweep } from "./extendSweep.ts";

/** The port {@link SweepControl} on PostgreSQL. */
export function createSweepControl(database: Database, tools: ExtensionTools): SweepControl {
  const { hash } = tools;
  return translateErrors({
    apply: (sweepId, verb) => applyVerb(database, sweepId, verb),
    extend: (sweepId, extension) => extendSweep(database, { sweepId, extension, tools }),
    previewDeletion: (sweepId) => previewDeletion(database.prisma, sweepId, hash),
    delete: (sweepId, confirm) => deleteSweep(database, { sweepId, confirm, hash }),
  });
}
