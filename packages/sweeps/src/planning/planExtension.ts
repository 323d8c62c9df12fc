import { AppError, type AxisValue, type SweepSpec } from "@smoothsweep/contracts";
import type { DatasetCatalogue } from "../spec/datasetLimits.ts";
import { parseSweepSpec } from "../spec/parseSweepSpec.ts";
import { checkTeachers } from "./checkTeachers.ts";
import { planCells } from "./planCells.ts";
import type {
  CheckedPlanningTools,
  PlannedCell,
  PlannedTrial,
  PlanningTools,
  SnapshotDescription,
} from "./plannedSweep.ts";
import { specHashOf } from "./planSweep.ts";
import { planTrials } from "./planTrials.ts";
import { runInSlices, type Steps } from "./steps.ts";

/** What is added to a sweep: seeds, and values of axes that it has. What it has already is skipped. */
export interface SweepExtension {
  seeds: readonly number[];
  /** Axis path -> values. */
  axes: Readonly<Record<string, readonly AxisValue[]>>;
}

/** A sweep as far as its extension needs it. */
export interface ExtendedSweep {
  id: string;
  spec: SweepSpec;
  snapshot: SnapshotDescription;
}

/** A trial that the sweep has. */
export interface KnownTrial {
  id: string;
  ordinal: number;
  cellId: string;
  seed: number;
  fingerprint: string;
  representativeId: string | null;
}

/** The trials that an extension adds. Their cells may be known already. */
export interface PlannedExtension {
  spec: SweepSpec;
  specHash: string;
  cells: PlannedCell[];
  trials: PlannedTrial[];
}

/**
 * The specification with more seeds and values, in the order they were given.
 * @throws AppError `invalid_request` for an axis that the sweep does not vary, `invalid_spec` for values that break a rule
 */
export function extendSpec(spec: SweepSpec, extension: SweepExtension, catalogue: DatasetCatalogue): SweepSpec {
  const axes = { ...spec.axes };
  for (const [path, values] of Object.entries(extension.axes)) {
    const known = Object.hasOwn(axes, path) ? axes[path] : undefined;
    if (known === undefined) {
      const message = `\`axes\` must name axes of the sweep, got ${JSON.stringify(path)}`;
      throw new AppError("invalid_request", message, {
        fix: `A new axis changes every cell: submit another sweep. Axes: ${Object.keys(spec.axes).join(", ") || "none"}.`,
      });
    }
    axes[path] = [...new Set([...known, ...values])];
  }
  return parseSweepSpec({ ...spec, axes, seeds: [...new Set([...spec.seeds, ...extension.seeds])] }, catalogue);
}

/**
 * Plans the trials of the extended specification that the sweep has not got; they join its groups and its equivalents.
 * What a submission is refused for, an extension is refused for.
 * @throws AppError `invalid_spec` when a cell has no target plan on these data, or a new trial's teacher is not there.
 */
export async function planExtension(
  sweep: ExtendedSweep & { known: readonly KnownTrial[] },
  spec: SweepSpec,
  tools: CheckedPlanningTools,
): Promise<PlannedExtension> {
  const planned = await runInSlices(extensionSteps(sweep, spec, tools), tools.turn);
  await checkTeachers({ trials: planned.trials, snapshot: sweep.snapshot }, tools.predictions);
  return planned;
}

function* extensionSteps(
  { id, snapshot, known }: ExtendedSweep & { known: readonly KnownTrial[] },
  spec: SweepSpec,
  tools: PlanningTools,
): Steps<PlannedExtension> {
  const keyOf = (cellId: string, seed: number) => `${cellId} ${seed}`;
  const keys = new Set(known.map(({ cellId, seed }) => keyOf(cellId, seed)));
  const owners = known.filter(({ representativeId }) => representativeId === null);
  const cells = yield* planCells(spec, snapshot, tools);
  const trials = yield* planTrials({
    sweepId: id,
    spec,
    snapshot,
    cells,
    tools,
    representatives: new Map(owners.map(({ fingerprint, id: trialId }) => [fingerprint, trialId])),
    isKnown: (cellId, seed) => keys.has(keyOf(cellId, seed)),
    firstOrdinal: known.reduce((last, { ordinal }) => Math.max(last, ordinal), -1) + 1,
  });
  return { spec, specHash: specHashOf(spec, tools), cells, trials };
}
