import { type RetryPolicy, retryPolicySchema } from "@smoothsweep/contracts";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { afterFailure, afterLoss, backoffMs, type TrialCounters } from "./retryRules.ts";

const policy: RetryPolicy = retryPolicySchema.parse({});
const fresh: TrialCounters = { failures: 0, losses: 0, lossesAlone: 0, packLimit: null };
const loss = (suspects: number, code = "child_exited") => ({ code, message: "gone", suspects });

describe("afterFailure", () => {
  const failure = { code: "training_failed", message: "why", retryable: true };

  it("tries again until the policy's attempts are used up, then fails with the last reason", () => {
    const second = afterFailure(policy, fresh, failure);
    const third = afterFailure(policy, second, failure);
    const last = afterFailure(policy, third, failure);
    expect([second, third].map((next) => next.state === "pending" && next.delayMs)).toEqual([1000, 2000]);
    expect(last).toMatchObject({ state: "failed", failures: 3, code: "training_failed", message: "why" });
  });

  it.each([
    ["the worker knows better", { ...failure, retryable: false }],
    ["the code is none that the policy retries", { ...failure, code: "trial_diverged" }],
  ])("fails at once when %s", (_why, given) => {
    expect(afterFailure(policy, fresh, given)).toMatchObject({ state: "failed", failures: 1 });
  });
});

describe("afterLoss", () => {
  it("halves the pack of the suspects and counts nothing against them while they are several", () => {
    expect(afterLoss(policy, fresh, loss(64))).toMatchObject({ state: "pending", packLimit: 32, lossesAlone: 0 });
    expect(afterLoss(policy, fresh, loss(3))).toMatchObject({ packLimit: 1, lossesAlone: 0 });
  });

  it("leaves a trial alone after log2 of its pack, whatever the pack was", () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 4096 }), (size) => {
        let losses = 0;
        for (let pack = size; pack > 1; losses++) pack = afterLoss(policy, fresh, loss(pack)).packLimit!;
        expect(losses).toBeLessThanOrEqual(Math.ceil(Math.log2(size)));
      }),
    );
  });

  it("fails a trial as poison after the losses alone that the policy allows", () => {
    let counters: TrialCounters = fresh;
    for (let alone = 1; alone < policy.losses; alone++) {
      const next = afterLoss(policy, counters, loss(1));
      expect(next.state).toBe("pending");
      counters = next;
    }
    expect(afterLoss(policy, counters, loss(1))).toMatchObject({ state: "failed", code: "poison_trial" });
  });

  it("does not pause after the first loss: a worker that vanished is no fault of the trial", () => {
    expect(afterLoss(policy, fresh, loss(8))).toMatchObject({ delayMs: 0 });
    expect(afterLoss(policy, { ...fresh, losses: 1 }, loss(4))).toMatchObject({ delayMs: 1000 });
  });

  it("fails a trial that is alone at once when the policy does not retry such losses", () => {
    const patient = { ...policy, on: [] };
    expect(afterLoss(patient, fresh, loss(1, "worker_lost"))).toMatchObject({ state: "failed", code: "worker_lost" });
    expect(afterLoss(patient, fresh, loss(2, "worker_lost"))).toMatchObject({ state: "pending" });
  });
});

describe("backoffMs", () => {
  it("grows by the factor up to the longest pause, and never overflows", () => {
    expect([0, 1, 2, 3, 7, 8, 5000].map((count) => backoffMs(policy, count))).toEqual([
      0, 1000, 2000, 4000, 60_000, 60_000, 60_000,
    ]);
  });
});
