import { describe, expect, it } from "vitest";
import { nearest, suggestionFor } from "./suggestion.ts";

describe("nearest", () => {
  it("finds the candidate of a slip of the finger", () => {
    expect(nearest("epsilom", ["convention", "epsilon"])).toBe("epsilon");
    expect(nearest("batchsize", ["epochs", "batchSize"])).toBe("batchSize");
  });

  it("prefers the same word in other letters' case over a near one", () => {
    expect(nearest("SEED", ["seen", "Seed"])).toBe("Seed");
  });

  it("finds nothing when every candidate is another word", () => {
    expect(nearest("gamma", ["convention", "epsilon"])).toBeUndefined();
  });

  it("finds nothing among no candidates", () => {
    expect(nearest("epsilon", [])).toBeUndefined();
  });
});

describe("suggestionFor", () => {
  it("asks back when one is near, and lists what is allowed when none is", () => {
    expect(suggestionFor("epsilom", ["epsilon", "convention"])).toBe("Did you mean `epsilon`?");
    expect(suggestionFor("gamma", ["epsilon", "convention"])).toBe("Use one of: epsilon, convention");
  });
});
