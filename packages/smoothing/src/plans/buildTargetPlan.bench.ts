import { bench, describe } from "vitest";
import { equivalenceKey } from "../equivalence/equivalenceKey.ts";
import { buildTargetPlan } from "./buildTargetPlan.ts";
import { targetRow } from "./targetRow.ts";

const classCount = 32_000;
const context = {
  classCount,
  classCounts: Array.from({ length: classCount }, (_, index) => 1 + ((index * 7919) % 5000)),
};
const smoothing = { convention: "off-target", epsilon: 0.1 } as const;
const uniform = buildTargetPlan({ smoothing, strategy: { kind: "none" } }, context);
const prior = buildTargetPlan({ smoothing, strategy: { kind: "class-prior" } }, context);

describe("32,000 classes", () => {
  bench("plan, plain smoothing", () => {
    buildTargetPlan({ smoothing, strategy: { kind: "none" } }, context);
  });
  bench("plan, class prior", () => {
    buildTargetPlan({ smoothing, strategy: { kind: "class-prior" } }, context);
  });
  bench("key, plain smoothing", () => {
    equivalenceKey(uniform);
  });
  bench("key, class prior", () => {
    equivalenceKey(prior);
  });
  bench("one row, class prior", () => {
    targetRow(prior, 31_999);
  });
});
