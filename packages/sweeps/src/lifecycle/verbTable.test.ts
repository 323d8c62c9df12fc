import { sweepStates, sweepVerbs } from "@smoothsweep/contracts";
import { describe, expect, it } from "vitest";
import { lifecycleStateOf, lifecycleStates, offeredVerbs, refusedVerbs, verbTable } from "./verbTable.ts";

describe("the state table", () => {
  it("has every refusal with a reason and with what to do instead", () => {
    for (const verb of sweepVerbs) {
      for (const state of lifecycleStates) {
        const rule = verbTable[verb][state];
        if ("refused" in rule)
          expect([rule.refused, rule.fix]).toEqual([
            expect.stringMatching(/\w+ \w+/),
            expect.stringMatching(/`\w+`|[Ww]ait/),
          ]);
      }
    }
  });

  it.each(sweepStates)(
    "offers a verb to a sweep that is %s, refuses it, or would change nothing: one of the three",
    (state) => {
      const offered = offeredVerbs(state, false);
      const refused = refusedVerbs(state, false).map(({ verb }) => verb);
      const idle = sweepVerbs.filter((verb) => {
        const rule = verbTable[verb][state];
        return "effect" in rule && rule.effect === "none";
      });
      expect([...offered, ...refused, ...idle].toSorted()).toEqual(sweepVerbs.toSorted());
    },
  );

  it("lets an archived sweep that goes on again be what it is", () => {
    expect([lifecycleStateOf("completed", true), lifecycleStateOf("running", true)]).toEqual(["archived", "running"]);
    expect(offeredVerbs("completed", true)).toEqual(["unarchive", "delete"]);
  });
});
