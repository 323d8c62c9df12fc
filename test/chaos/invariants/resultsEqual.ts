import type { Invariant } from "./invariant.ts";
import { type ResultDigest, readResultRows } from "./readResultDigests.ts";

const parts = ["metrics", "predictions", "reports"] as const satisfies readonly (keyof ResultDigest)[];

/** Numbers do not depend on what broke: metrics, logits and reports are those of an undisturbed run, bit for bit. */
export const resultsEqual: Invariant = {
  title: "results equal those of an undisturbed run",
  violations: async ({ probe, reference }) => {
    if (reference === undefined) return [];
    const rows = await readResultRows(probe);
    return rows.flatMap((row) => {
      const expected = reference.get(row.fingerprint);
      if (expected === undefined) return [`trial ${row.trialId} has a fingerprint that the undisturbed run has not`];
      return parts
        .filter((part) => row[part] !== expected[part])
        .map((part) => `trial ${row.trialId}: ${part} differ: ${row[part]} instead of ${expected[part]}`);
    });
  },
};
