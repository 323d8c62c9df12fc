import type { SweepDetail } from "@smoothsweep/contracts";
import { describe, expect, test } from "vitest";
import { verbChoices } from "./verbChoices.ts";

const counts = { asked: 60, distinct: 51, pending: 40, running: 1, completed: 10, failed: 0, cancelled: 0 };
const refusals: SweepDetail["refusals"] = [
  { verb: "archive", reason: "it has not ended", fix: "`cancel` it first, or wait." },
];

describe("verbChoices", () => {
  test("has what can be done, what is refused with the reason, and nothing that would change nothing", () => {
    expect(verbChoices({ verbs: ["extend", "pause"], refusals, counts })).toEqual([
      { verb: "pause", refusal: undefined },
      { verb: "extend", refusal: undefined },
      { verb: "archive", refusal: "It has not ended. Cancel it first, or wait." },
    ]);
  });

  test("offers a retry only when there is something to retry", () => {
    const offered = (changes: Partial<typeof counts>) =>
      verbChoices({ verbs: ["retry"], refusals: [], counts: { ...counts, ...changes } })[0]?.refusal;
    expect([offered({}), offered({ failed: 1 }), offered({ cancelled: 1 })]).toEqual([
      "No trial has failed or was cancelled.",
      undefined,
      undefined,
    ]);
  });
});
