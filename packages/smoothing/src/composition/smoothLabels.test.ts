import { describe, expect, test } from "vitest";
import { buildTargetPlan } from "../plans/buildTargetPlan.ts";
import { targetRow } from "../plans/targetRow.ts";
import { smoothAgain } from "./smoothAgain.ts";
import { smoothLabels } from "./smoothLabels.ts";

describe("smoothLabels", () => {
  test("class indices and one-hot rows give the same targets", () => {
    const byIndex = smoothLabels([1, 0], { smoothing: 0.1, classCount: 2 });
    const hot = [
      [0, 1],
      [1, 0],
    ];
    expect(byIndex).toEqual(smoothLabels(hot, { smoothing: 0.1 }));
    expect(Array.from(byIndex[0]!)).toEqual([0.05, 0.9500000000000001]);
  });

  test("smoothing 0.9 keeps a tenth of the target, unlike Composer's page says", () => {
    expect(smoothLabels([0], { smoothing: 0.9, classCount: 2 })[0]![0]).toBeCloseTo(0.1 + 0.45, 15);
  });

  test("soft targets are smoothed on top: Mixup then smoothing is smoothing then Mixup", () => {
    const [mixed] = smoothLabels([[0.7, 0.3, 0]], { smoothing: 0.1 });
    const [first, second] = smoothLabels([0, 1], { smoothing: 0.1, classCount: 3 });
    mixed!.forEach((mass, k) => {
      expect(mass).toBeCloseTo(0.7 * first![k]! + 0.3 * second![k]!, 15);
    });
  });

  test.each([
    ["an ignored position", () => smoothLabels([-1], { classCount: 3 }), "class_out_of_range"],
    ["indices without K", () => smoothLabels([1]), "wrong_length"],
    ["rows of another K", () => smoothLabels([[1, 0]], { classCount: 3 }), "wrong_length"],
    ["ragged rows", () => smoothLabels([[1, 0], [1]]), "wrong_length"],
    ["no targets", () => smoothLabels([]), "empty_input"],
    ["NaN", () => smoothLabels([[Number.NaN, 0]]), "not_finite"],
    ["smoothing above 1", () => smoothLabels([0], { smoothing: 2, classCount: 3 }), "epsilon_out_of_range"],
  ])("%s is refused", (_, call, code) => {
    expect(call).toThrow(expect.objectContaining({ name: "ArgumentError", code }));
  });
});

describe("smoothAgain", () => {
  test("a hard label becomes the plan's row, whatever its mixing", () => {
    const context = { classCount: 3, classCounts: [70, 20, 10] };
    for (const kind of ["none", "class-prior", "inverse-prior"] as const) {
      for (const convention of ["uniform", "off-target"] as const) {
        const plan = buildTargetPlan({ smoothing: { convention, epsilon: 0.1 }, strategy: { kind } }, context);
        const row = smoothAgain([0, 1, 0], plan);
        targetRow(plan, 1).forEach((mass, k) => {
          expect(row[k]).toBeCloseTo(mass, 14);
        });
      }
    }
  });
});
