import { readFileSync } from "node:fs";
import { expect, test } from "vitest";
import { runners } from "../../../scripts/golden/smoothing/runners.ts";

const folder = new URL("../../testkit/golden/", import.meta.url);

test.each(Object.keys(runners))("every entry of golden file %s is met", (file) => {
  const { cases, count } = JSON.parse(readFileSync(new URL(`${file}.json`, folder), "utf8"));
  const outcomes = cases.map((entry: { id: string }) => ({ id: entry.id, ...runners[file]!(entry) }));
  expect(outcomes).toHaveLength(count);
  expect(outcomes.filter((outcome: { passed?: boolean }) => outcome.passed !== true)).toEqual([]);
});
