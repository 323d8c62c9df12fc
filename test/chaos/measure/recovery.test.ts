import { expect, it } from "vitest";
import { spreadOf } from "./percentiles.ts";
import { recoveriesOf } from "./recovery.ts";

const aimed = { resource: "worker-1", refused: 3 };

it("measures to the next result, and to the next attempt of each trial that needed one", () => {
  const strike = {
    ...aimed,
    kind: "worker.kill",
    at: 1000,
    atRisk: ["a", "b"].map((trialId) => ({ trialId, token: 2 })),
  };
  const attempts = [
    { trialId: "a", token: 2, startedAt: 900 },
    { trialId: "a", token: 3, startedAt: 8000 },
    { trialId: "b", token: 2, startedAt: 900 },
  ];
  expect(recoveriesOf([strike], { attempts, accepted: [9000, 500, 1400] })).toEqual([
    { ...aimed, kind: "worker.kill", nextResultMs: 400, reclaimedMs: [7000] },
  ]);
});

it("counts a reclaimed trial for the newest of the faults that put it at risk", () => {
  const atRisk = [{ trialId: "a", token: 1 }];
  const strikes = ["network.slow", "worker.kill"].map((kind, index) => ({ ...aimed, kind, at: index * 100, atRisk }));
  const attempts = [{ trialId: "a", token: 2, startedAt: 5100 }];
  expect(recoveriesOf(strikes, { attempts, accepted: [] }).map(({ reclaimedMs }) => reclaimedMs)).toEqual([[], [5000]]);
});

it("measures nothing where no result was left to come", () => {
  const [recovery] = recoveriesOf([{ ...aimed, kind: "redis.flush", at: 1000, atRisk: [] }], {
    attempts: [],
    accepted: [999],
  });
  expect(recovery).toEqual({ ...aimed, kind: "redis.flush", nextResultMs: undefined, reclaimedMs: [] });
});

it("takes percentiles by nearest rank", () => {
  const values = Array.from({ length: 100 }, (_, index) => 100 - index);
  expect(spreadOf(values)).toEqual({ count: 100, p50: 50, p95: 95, max: 100 });
  expect(spreadOf([7])).toEqual({ count: 1, p50: 7, p95: 7, max: 7 });
  expect(spreadOf([])).toBeUndefined();
});
