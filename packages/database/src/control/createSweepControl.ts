import type { SweepControl } from "@smoothsweep/sweeps";
import type { Database } from "../connection/openDatabase.ts";
import { translateErrors } from "../connection/translateErrors.ts";
import { createPredictionStore } from "../store/createPredictionStore.ts";
import { applyVerb } from "./applyVerb.ts";
import { deleteSweep, previewDeletion } from "./deleteSweep.ts";
import { extendSweep, previewExtension } from "./extendSweep.ts";
import type { ExtensionTools } from "./planOnto.ts";

/** The port {@link SweepControl} on PostgreSQL. */
export function createSweepControl(database: Database, given: Omit<ExtensionTools, "predictions">): SweepControl {
  const tools = { ...given, predictions: createPredictionStore(database) };
  const { hash } = tools;
  return translateErrors({
    apply: (sweepId, verb) => applyVerb(database, sweepId, verb),
    extend: (sweepId, extension) => extendSweep(database, { sweepId, extension, tools }),
    previewExtension: (sweepId, extension) => previewExtension(database, { sweepId, extension, tools }),
    previewDeletion: (sweepId) => previewDeletion(database.prisma, sweepId, hash),
    delete: (sweepId, confirm) => deleteSweep(database, { sweepId, confirm, hash }),
  });
}
