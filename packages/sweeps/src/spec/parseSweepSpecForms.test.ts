import { isAppError, type SpecIssue } from "@smoothsweep/contracts";
import { describe, expect, it } from "vitest";
import { parseSweepSpec } from "./parseSweepSpec.ts";

const catalogue = {
  tiny: { trainRows: 400, testRows: 100, classCount: 4, inputShape: { kind: "vector" as const, features: 4 } },
};
const data = { dataset: "tiny", train: 200, validation: 50, test: 100 };
const valid = { name: "forms", data, seeds: [0] };

function errorOf(input: unknown): { message: string; issues: SpecIssue[] } {
  try {
    parseSweepSpec(input, catalogue);
  } catch (error) {
    if (!isAppError(error) || error.code !== "invalid_spec") throw error;
    return { message: error.message, issues: error.context["issues"] as SpecIssue[] };
  }
  throw new Error("the specification was accepted");
}

/** A property of its own called `__proto__`, as JSON may carry it. */
function withKey(key: string, value: unknown): unknown {
  return JSON.parse(`{${JSON.stringify(key)}: ${JSON.stringify(value)}}`);
}

describe("parseSweepSpec on values of the wrong form", () => {
  it.each([
    ["null", null],
    ["an array", []],
    ["a text", "name: x"],
    ["a number", 7],
    ["a boolean", true],
  ])("refuses %s as the whole", (_name, input) => {
    const { issues } = errorOf(input);
    expect(issues).toMatchObject([{ path: "(root)", code: "invalid_type" }]);
  });

  it("refuses nothing at all", () => {
    expect(errorOf(undefined).issues).toMatchObject([{ path: "(root)", code: "missing_field" }]);
  });

  it("names the type that a field must have, and the value it got", () => {
    const { issues } = errorOf({ ...valid, name: 5, axes: [1], data: { ...data, train: "200" } });
    expect(issues.map(({ message }) => message)).toEqual([
      "`name` must be of type string, got 5",
      '`data.train` must be of type number, got "200"',
      "`axes` must be of type object, got [1]",
    ]);
  });

  it("says what a kind may be, with the kind that was given", () => {
    expect(errorOf({ ...valid, model: { kind: "perceptron" } }).issues).toEqual([
      {
        path: "model.kind",
        code: "invalid_value",
        message: expect.stringMatching(/^`model\.kind` must be one of "mlp", "cnn", .*, got "perceptron"$/),
        value: "perceptron",
      },
    ]);
    expect(errorOf({ ...valid, strategy: { kind: "classprior" } }).issues).toMatchObject([
      {
        path: "strategy.kind",
        message: expect.stringMatching(/^`strategy\.kind` must be one of "none", "class-prior", .*, got "classprior"$/),
      },
    ]);
  });

  it("calls a kind that was not given missing", () => {
    expect(errorOf({ ...valid, model: { hidden: [8] } }).issues).toMatchObject([
      { path: "model.kind", code: "missing_field" },
    ]);
  });

  it("reports a bad value of an axis once", () => {
    const { issues } = errorOf({ ...valid, axes: { "smoothing.epsilon": [null, "0.1", {}] } });
    expect(issues.map(({ path, code }) => [path, code])).toEqual(
      [0, 1, 2].map((index) => [`axes["smoothing.epsilon"][${index}]`, "invalid_type"]),
    );
  });

  it("refuses NaN, which YAML can write, as no finite number and never as a repeated value", () => {
    const { issues } = errorOf({ ...valid, seeds: [Number.NaN], smoothing: { epsilon: Number.NaN } });
    expect(issues.map(({ path, code, message }) => [path, code, message])).toEqual([
      ["smoothing.epsilon", "invalid_type", "`smoothing.epsilon` must be of type number, got NaN"],
      ["seeds[0]", "invalid_type", "`seeds[0]` must be of type number, got NaN"],
    ]);
  });

  it.each(["__proto__", "constructor", "toString", "hasOwnProperty"])("takes the axis %s for unknown", (path) => {
    const { issues } = errorOf({ ...valid, axes: withKey(path, [1]) });
    expect(issues.map(({ code }) => code)).toEqual(["unknown_axis"]);
  });

  it.each(["__proto__", "constructor"])("takes the data set %s for unknown", (dataset) => {
    expect(errorOf({ ...valid, data: { ...data, dataset } }).issues).toMatchObject([{ code: "unknown_dataset" }]);
  });

  it("takes the key __proto__ for unknown, at the root and further in", () => {
    const root = Object.assign(withKey("__proto__", { polluted: true }) as object, valid);
    expect(errorOf(root).issues).toMatchObject([{ path: "__proto__", code: "unknown_key" }]);
    expect(errorOf({ ...valid, smoothing: withKey("__proto__", { epsilon: 0.2 }) }).issues).toMatchObject([
      { path: "smoothing.__proto__", code: "unknown_key" },
    ]);
    expect(({} as { polluted?: boolean }).polluted).toBeUndefined();
  });

  it.each([
    ["a zero byte", "a\u0000b"],
    ["half a surrogate pair", "a\ud800b"],
    ["an escape sequence", "\u001b[31mred"],
  ])("refuses a name with %s, which no database or terminal can keep", (_what, name) => {
    expect(errorOf({ ...valid, name }).issues).toMatchObject([{ path: "name", code: "invalid_value" }]);
  });

  it("keeps lines and emoji of a description", () => {
    const description = "first\n\tsecond 🎯";
    expect(parseSweepSpec({ ...valid, description }, catalogue).description).toBe(description);
  });

  it("lists at most 100 mistakes and says how many there are", () => {
    const { message, issues } = errorOf({ ...valid, seeds: Array.from({ length: 300_000 }, () => 1) });
    expect(issues).toHaveLength(100);
    expect(message).toBe("the sweep specification has 300000 mistakes, of which the first 100 are listed");
  });

  it("checks a hundred thousand different seeds without comparing each with all others", () => {
    const startedAt = performance.now();
    expect(
      parseSweepSpec({ ...valid, seeds: Array.from({ length: 100_000 }, (_, i) => i) }, catalogue).seeds,
    ).toHaveLength(100_000);
    expect(performance.now() - startedAt).toBeLessThan(5000);
  });
});
