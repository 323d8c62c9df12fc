import type { Cell, Trial } from "@smoothsweep/contracts";
import type { Origin } from "../../../ui/OriginBadges.tsx";

/** In the order in which they are told. */
const kinds = ["reused", "verified", "differs"] as const satisfies readonly Origin["kind"][];

/** Where a trial's result comes from, beside its own training: another sweep, or both, compared. At most one. */
export function trialOrigins({ reusedFrom, audit }: Pick<Trial, "reusedFrom" | "audit">): Origin[] {
  if (audit !== null) {
    const { verdict, metric, difference } = audit;
    const by = `${metric} differs by ${Number(difference.toPrecision(3))} from the result of another sweep`;
    if (verdict === "different") return [{ kind: "differs", text: "differs", about: `Trained again here: ${by}` }];
    if (verdict === "close") {
      const about = `Trained again here, on another engine: ${by}, which is within the tolerance`;
      return [{ kind: "verified", text: "verified close", about }];
    }
    const about = "Trained again here: every number equals the result of another sweep, bit for bit";
    return [{ kind: "verified", text: "verified equal", about }];
  }
  if (reusedFrom === null) return [];
  return [{ kind: "reused", text: "reused", about: "The result of another sweep, where the same was trained before" }];
}

/** The same for a cell, counted over its trials. */
export function cellOrigins({ reused, audits }: Pick<Cell, "reused" | "audits">): Origin[] {
  const { identical, close, different } = audits;
  const all: [count: number, kind: Origin["kind"], about: string][] = [
    [reused, "reused", "with the result of another sweep"],
    [identical + close, "verified", `trained again: ${identical} equal bit for bit, ${close} close on another engine`],
    [different, "differs", "trained again with another result than in another sweep"],
  ];
  return all
    .filter(([count]) => count > 0)
    .map(([count, kind, about]) => ({
      kind,
      count,
      text: `${count} ${kind}`,
      about: `${count} of its trials ${about}`,
    }));
}

/** The kinds that trials have, for a legend. */
export function presentOrigins(trials: readonly Trial[]): { kind: Origin["kind"]; name: string }[] {
  const present = new Set(trials.flatMap((trial) => trialOrigins(trial).map(({ kind }) => kind)));
  return kinds.filter((kind) => present.has(kind)).map((kind) => ({ kind, name: kind }));
}
