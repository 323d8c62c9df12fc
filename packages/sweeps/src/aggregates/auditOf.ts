import type { Audit, EngineInfo, TrialMetrics } from "@smoothsweep/contracts";

/** Largest difference between metrics of one trial on different engines that still counts as the same result. */
export const AUDIT_TOLERANCE = 0.01;

/** What a trial came to, once. */
export interface Outcome {
  metrics: TrialMetrics;
  engine: EngineInfo;
}

/**
 * Compares a repetition with the original. On the same engine the same trial gives the same numbers bit for bit; on
 * another one within {@link AUDIT_TOLERANCE}.
 */
export function auditOf(original: Outcome, repeated: Outcome): Audit {
  const [before, after] = [metricNumbers(original.metrics), metricNumbers(repeated.metrics)];
  let worst = { metric: "", difference: 0 };
  // By name, because a database hands the metrics back in another order: of equals the same one is told.
  for (const metric of [...new Set([...before.keys(), ...after.keys()])].toSorted()) {
    const [one, other] = [before.get(metric), after.get(metric)];
    const difference = one === undefined || other === undefined ? Number.MAX_VALUE : Math.abs(one - other);
    if (difference > worst.difference) worst = { metric, difference };
  }
  const isSame = worst.difference === 0;
  const isClose = !isSameEngine(original.engine, repeated.engine) && worst.difference <= AUDIT_TOLERANCE;
  return { verdict: isSame ? "identical" : isClose ? "close" : "different", ...worst };
}

/** Every number of the metrics by its path. */
function metricNumbers(metrics: object, path = ""): Map<string, number> {
  const numbers = new Map<string, number>();
  for (const [name, value] of Object.entries(metrics)) {
    if (typeof value === "number") numbers.set(path + name, value);
    else if (typeof value === "object" && value !== null) {
      for (const [inner, number] of metricNumbers(value, `${path}${name}.`)) numbers.set(inner, number);
    }
  }
  return numbers;
}

function isSameEngine(left: EngineInfo, right: EngineInfo): boolean {
  return (["name", "version", "device", "threads"] as const).every((field) => left[field] === right[field]);
}
