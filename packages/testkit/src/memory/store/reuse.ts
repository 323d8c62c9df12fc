import type { SweepSpec } from "@smoothsweep/contracts";
import { trainedOf } from "./queries.ts";
import type { Tables, TrialRow } from "./tables.ts";

/**
 * Completes new trials of a sweep with results that other sweeps have. With `cache: verify` a share of them, which their
 * fingerprints decide, is trained again instead, at least one.
 * @returns how many were completed
 */
export function reuseResults(tables: Tables, { sweepId, spec, since }: Newcomers): number {
  if (spec.cache === "off") return 0;
  const candidates = trainedOf(tables, sweepId, ["pending"]).flatMap((trial) => {
    const source = trial.ordinal < since ? undefined : sourceFor(tables, trial);
    return source === undefined ? [] : [{ trial, source, draw: drawOf(trial) }];
  });
  const least = Math.min(...candidates.map(({ draw }) => draw));
  const isRepeated = (draw: number) => spec.cache === "verify" && (draw < spec.verifyShare || draw === least);
  for (const { trial, source, draw } of candidates) {
    const origin = source.reusedFrom ?? source.id;
    if (isRepeated(draw)) trial.auditOf = origin;
    else takeOver(tables, { trial, source, origin });
  }
  return candidates.filter(({ draw }) => !isRepeated(draw)).length;
}

interface Newcomers {
  sweepId: string;
  spec: SweepSpec;
  /** Ordinal of the first new trial. */
  since: number;
}

/** A trial of another sweep with the result that this one would have: one that was trained itself, the oldest. */
export function sourceFor(
  { trials }: Tables,
  { fingerprint, sweepId }: Pick<TrialRow, "fingerprint" | "sweepId">,
): TrialRow | undefined {
  const same = [...trials.values()].filter(
    (trial) => trial.fingerprint === fingerprint && trial.sweepId !== sweepId && trial.state === "completed",
  );
  const rank = ({ reusedFrom }: TrialRow) => (reusedFrom === null ? 0 : 1);
  return same.toSorted((left, right) => rank(left) - rank(right) || left.endedAt! - right.endedAt!)[0];
}

/** In [0, 1), from the fingerprint: the same trial is always treated the same. */
function drawOf({ fingerprint }: TrialRow): number {
  return Number.parseInt(fingerprint.slice(0, 8), 16) / 2 ** 32;
}

function takeOver(
  tables: Tables,
  { trial, source, origin }: { trial: TrialRow; source: TrialRow; origin: string },
): void {
  const result = { ...source.result!, acceptedAt: tables.now() };
  Object.assign(trial, { state: "completed", reusedFrom: origin, endedAt: tables.now(), result });
}
