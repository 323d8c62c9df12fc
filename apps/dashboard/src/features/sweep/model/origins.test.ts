import type { Audit, Trial } from "@smoothsweep/contracts";
import { describe, expect, test } from "vitest";
import { cellOf, trialOf } from "../../../testing/cellFixtures.ts";
import { cellOrigins, presentOrigins, trialOrigins } from "./origins.ts";

const audit = (verdict: Audit["verdict"], difference = 0): Audit => ({ verdict, metric: "test.nll", difference });
const trial = (parts: Partial<Trial>): Trial => ({ ...trialOf("trl_1", "cel_1", "completed"), ...parts });

describe("trialOrigins", () => {
  test.each([
    ["nothing of a trial that was trained here alone", trial({}), undefined, ""],
    ["that a result was taken over", trial({ reusedFrom: "trl_0" }), "reused", "result of another sweep"],
    ["that a repetition is equal", trial({ audit: audit("identical") }), "verified equal", "bit for bit"],
    ["how far a repetition is off", trial({ audit: audit("close", 0.00123456) }), "verified close", "by 0.00123 "],
    ["that a repetition differs", trial({ audit: audit("different", 0.25) }), "differs", "test.nll differs by 0.25"],
  ])("tell %s", (_, given, text, about) => {
    const [origin] = trialOrigins(given);
    expect(origin?.text).toBe(text);
    expect(origin?.about ?? "").toContain(about);
  });
});

describe("cellOrigins", () => {
  test("count trials by where their results come from", () => {
    const cell = { ...cellOf({ id: "a" }), reused: 2, audits: { identical: 1, close: 1, different: 1 } };
    expect(cellOrigins(cell).map(({ text }) => text)).toEqual(["2 reused", "2 verified", "1 differs"]);
    expect(cellOrigins(cellOf({ id: "a" }))).toEqual([]);
  });
});

describe("presentOrigins", () => {
  test("are each told once", () => {
    const trials = [trial({}), trial({ audit: audit("different") }), ...Array(2).fill(trial({ reusedFrom: "trl_0" }))];
    expect(presentOrigins(trials).map(({ kind }) => kind)).toEqual(["reused", "differs"]);
  });
});
