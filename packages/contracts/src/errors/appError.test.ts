import { describe, expect, it } from "vitest";
import { AppError, isAppError, toAppError } from "./appError.ts";
import { type ErrorCode, errorCodes } from "./errorCodes.ts";
import { invalidSpec } from "./specIssue.ts";

describe("errorCodes", () => {
  it.each(Object.entries(errorCodes))(
    "%s is a code that programs match and a title that people read",
    (code, { title }) => {
      expect(code).toMatch(/^[a-z]+(_[a-z]+)*$/);
      expect(title).toMatch(/^[A-Z].*[^.!]$/);
    },
  );

  it("calls no mistake of the user retryable: doing the same again cannot help", () => {
    const mistakes: ErrorCode[] = ["invalid_spec", "invalid_request", "invalid_body", "not_found", "unauthorized"];
    for (const code of mistakes) expect(errorCodes[code].retryable).toBe(false);
  });
});

describe("AppError", () => {
  const error = new AppError("dataset_unreachable", "`mnist` cannot be fetched", {
    context: { dataset: "mnist" },
    fix: "Set the registry.",
    cause: new TypeError("fetch failed"),
  });

  it("knows from its code whether another try can help", () => {
    expect(error.retryable).toBe(true);
    expect(new AppError("invalid_spec", "x").retryable).toBe(false);
  });

  it("keeps name, code, retryable, context and fix through JSON", () => {
    expect(JSON.parse(JSON.stringify(error))).toEqual({
      name: "AppError",
      code: "dataset_unreachable",
      retryable: true,
      context: { dataset: "mnist" },
      fix: "Set the registry.",
    });
  });

  it("keeps its cause", () => {
    expect(error.cause).toBeInstanceOf(TypeError);
    expect("cause" in new AppError("internal", "x")).toBe(false);
  });

  it("is known by its brand, also when another copy of this package made it", () => {
    const foreign = Object.assign(new Error("x"), { name: "AppError", code: "not_found" });
    expect(isAppError(foreign)).toBe(true);
    expect(isAppError(error)).toBe(true);
  });

  it.each([
    ["a common error", new Error("x")],
    ["an error with a code of another library", Object.assign(new Error("x"), { code: "not_found" })],
    ["a code that is none of ours", Object.assign(new Error("x"), { name: "AppError", code: "constructor" })],
    ["a plain object", { name: "AppError", code: "not_found" }],
    ["nothing", undefined],
  ])("is not %s", (_what, value) => {
    expect(isAppError(value)).toBe(false);
  });
});

describe("toAppError", () => {
  it("leaves one of ours as it is", () => {
    const error = new AppError("not_found", "x");
    expect(toAppError(error, "internal")).toBe(error);
  });

  it("keeps a foreign error as the cause, and a text as the message", () => {
    const foreign = new TypeError("not a function");
    expect(toAppError(foreign)).toMatchObject({ code: "internal", message: "not a function", cause: foreign });
    expect(toAppError("out of luck", "training_failed")).toMatchObject({
      code: "training_failed",
      message: "out of luck",
    });
  });
});

describe("invalidSpec", () => {
  const issue = { path: "seeds", code: "no_seeds", message: "`seeds` must have at least one seed" } as const;

  it("counts the mistakes and carries them all", () => {
    expect(invalidSpec([issue])).toMatchObject({ message: "the sweep specification has 1 mistake" });
    expect(invalidSpec([issue, issue])).toMatchObject({
      message: "the sweep specification has 2 mistakes",
      context: { issues: [issue, issue] },
    });
  });
});
