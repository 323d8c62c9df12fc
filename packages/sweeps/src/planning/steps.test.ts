import { describe, expect, it } from "vitest";
import { runInSlices, runToEnd, type Steps } from "./steps.ts";

function* counting(until: number, busyMs: number): Steps<number> {
  let sum = 0;
  for (let step = 0; step < until; step++) {
    const end = performance.now() + busyMs;
    while (performance.now() < end);
    sum += step;
    yield;
  }
  return sum;
}

describe("steps", () => {
  it("come to the same at once and in slices", async () => {
    expect(runToEnd(counting(10, 0))).toBe(45);
    expect(await runInSlices(counting(10, 0), async () => {})).toBe(45);
  });

  it("let others run while they take long", async () => {
    let turns = 0;
    await runInSlices(counting(12, 5), async () => void turns++);
    expect(turns).toBeGreaterThanOrEqual(3);
  });

  it("fail as the work does", async () => {
    // biome-ignore lint/correctness/useYield: it fails before its first step
    function* failing(): Steps<void> {
      throw new Error("no plan");
    }
    await expect(runInSlices(failing(), async () => {})).rejects.toThrow("no plan");
  });
});
