import type { EngineInfo, TrialMetrics } from "@smoothsweep/contracts";
import { describe, expect, it } from "vitest";
import { auditOf } from "./auditOf.ts";

const engine: EngineInfo = { name: "cpu", version: "1", device: "cpu", threads: 1 };
const split = (accuracy: number) => ({ accuracy, nll: 1, brier: 2, ece: 3, signedGap: 4, logitNorm: 5 });
const metrics = (accuracy: number): TrialMetrics => ({
  validation: split(0.5),
  test: split(accuracy),
  temperature: 1,
  temperatureOptimum: "interior",
  scaledTest: { nll: 1, ece: 2, brier: 3 },
  trainLoss: 1,
  excessLoss: 0,
});
const of = (accuracy: number, changes: Partial<EngineInfo> = {}) => ({
  metrics: metrics(accuracy),
  engine: { ...engine, ...changes },
});

describe("auditOf", () => {
  it("calls a repetition identical only when every number is, bit for bit", () => {
    expect(auditOf(of(0.9), of(0.9))).toEqual({ verdict: "identical", metric: "", difference: 0 });
    expect(auditOf(of(0.9), of(0.9 + 2 ** -53))).toMatchObject({ verdict: "different", metric: "test.accuracy" });
  });

  it("allows another engine a small difference, the same engine none", () => {
    expect(auditOf(of(0.9), of(0.905, { name: "wasm" }))).toMatchObject({ verdict: "close" });
    expect(auditOf(of(0.9), of(0.905))).toMatchObject({ verdict: "different" });
    expect(auditOf(of(0.9), of(0.95, { name: "wasm" }))).toMatchObject({
      verdict: "different",
      metric: "test.accuracy",
    });
  });

  it("names what differs most, also when a number is missing on one side", () => {
    const { temperature: _, ...rest } = metrics(0.9);
    const less = { metrics: rest as TrialMetrics, engine };
    for (const audit of [auditOf(of(0.9), less), auditOf(less, of(0.9))]) {
      expect(audit).toMatchObject({ verdict: "different", metric: "temperature" });
    }
  });

  it("names the same of several that differ as much, in whatever order they come", () => {
    const less: TrialMetrics = { ...metrics(0.25), validation: split(0.25) };
    const turned = Object.fromEntries(Object.entries(less).toReversed()) as TrialMetrics;
    for (const given of [less, turned]) {
      expect(auditOf({ metrics: given, engine }, of(0.5))).toMatchObject({ metric: "test.accuracy", difference: 0.25 });
    }
  });
});
