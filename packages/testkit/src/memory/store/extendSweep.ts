import {
  type CheckedPlanningTools,
  type DatasetCatalogue,
  type ExtensionOutcome,
  type ExtensionPreview,
  extendSpec,
  type PlannedExtension,
  type PlannedTrial,
  planExtension,
  type SweepExtension,
} from "@smoothsweep/sweeps";
import { addTrials } from "./addTrials.ts";
import { endIfDone } from "./endSweep.ts";
import { countsOf, sweepOf, trialsOf } from "./queries.ts";
import { reuseResults, sourceFor } from "./reuse.ts";
import type { Tables } from "./tables.ts";
import { goOn, outcomeOf, ruleFor } from "./verbs.ts";

/** Adds the trials that an extension asks for and the sweep has not got; planned anew when another one was faster. */
export async function extendSweep(tables: Tables, request: ExtensionRequest): Promise<ExtensionOutcome> {
  const { sweepId } = request;
  const { specHash } = sweepOf(tables, sweepId);
  const planned = await plan(tables, request);
  const { spec } = planned;
  ruleFor(tables, sweepId, "extend");
  const sweep = sweepOf(tables, sweepId);
  if (sweep.specHash !== specHash) return extendSweep(tables, request);
  const added = planned.trials.length;
  if (added === 0) return { ...outcomeOf(sweep, { changed: false, trials: 0 }), added, reused: 0 };
  Object.assign(sweep, { spec, specHash: planned.specHash });
  addTrials(tables, sweepId, planned.trials);
  const reused = reuseResults(tables, { sweepId, spec, since: planned.trials[0]!.ordinal });
  goOn(tables, sweep);
  const { asked, distinct } = countsOf(tables, sweepId);
  tables.feed.append(sweepId, [{ type: "sweep.extended", data: { asked, distinct, added, reused } }]);
  endIfDone(tables, sweep);
  return { ...outcomeOf(sweep, { changed: true, trials: added }), added, reused };
}

/** What an extension would add now. */
export async function previewExtension(tables: Tables, request: ExtensionRequest): Promise<ExtensionPreview> {
  const { spec, trials } = await plan(tables, request);
  const distinct = trials.filter(({ representativeId }) => representativeId === null);
  const isReusable = ({ fingerprint }: PlannedTrial) =>
    spec.cache !== "off" && sourceFor(tables, { fingerprint, sweepId: request.sweepId }) !== undefined;
  return { added: trials.length, distinct: distinct.length, reusable: distinct.filter(isReusable).length };
}

/** @throws AppError `not_found`, `verb_refused`, `invalid_request`, `invalid_spec` */
async function plan(tables: Tables, { sweepId, extension, tools }: ExtensionRequest): Promise<PlannedExtension> {
  const { spec: before, snapshot } = sweepOf(tables, sweepId);
  ruleFor(tables, sweepId, "extend");
  const spec = extendSpec(before, extension, tools.catalogue);
  const known = trialsOf(tables, sweepId).map((trial) => ({ ...trial, cellId: trial.cell.id }));
  return planExtension({ id: sweepId, spec: before, snapshot, known }, spec, tools);
}

interface ExtensionRequest {
  sweepId: string;
  extension: SweepExtension;
  tools: CheckedPlanningTools & { catalogue: DatasetCatalogue };
}
