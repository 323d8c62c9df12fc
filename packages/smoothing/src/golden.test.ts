import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, test, vi } from "vitest";
import { runGolden } from "../../../scripts/golden/main.ts";
import { runners } from "../../../scripts/golden/smoothing/runners.ts";

const folder = new URL("../../testkit/golden/", import.meta.url);

test.each(Object.keys(runners))("every entry of golden file %s is met", (file) => {
  const { cases, count } = JSON.parse(readFileSync(new URL(`${file}.json`, folder), "utf8"));
  const outcomes = cases.map((entry: { id: string }) => ({ id: entry.id, ...runners[file]!(entry) }));
  expect(outcomes).toHaveLength(count);
  expect(outcomes.filter((outcome: { passed?: boolean }) => outcome.passed !== true)).toEqual([]);
});

const uniform = { id: "a", kind: "singleLabel", convention: "uniform", numClasses: 3, epsilon: 0.1, trueClass: 0 };

test.each([
  { problem: "a negative strength", change: { epsilon: -0.1 } },
  { problem: "one class", change: { numClasses: 1 } },
  { problem: "a label out of range", change: { trueClass: 3 } },
  { problem: "an unknown convention", change: { convention: "anything" } },
])("an entry marked invalid passes when $problem is refused", ({ change }) => {
  expect(runners["targets"]!({ ...uniform, ...change, validity: "invalid" })).toMatchObject({ passed: true });
});

test("an entry marked invalid fails when it is accepted", () => {
  expect(runners["targets"]!({ ...uniform, validity: "invalid" })).toMatchObject({ passed: false });
});

test.each([
  {
    what: "an entry that holds",
    name: "stats",
    content: '{"cases":[{"id":"a","kind":"holm","pValues":[1],"adjusted":[1]}]}',
    code: 0,
  },
  { what: "a file without a runner", name: "toString", content: '{"cases":[]}', code: 1 },
  { what: "broken JSON", name: "targets", content: "{", code: 1 },
  { what: "a file without cases", name: "targets", content: "[]", code: 1 },
  { what: "an unknown kind", name: "targets", content: '{"cases":[{"id":"a","kind":"new"}]}', code: 1 },
  { what: "a case that is no object", name: "targets", content: '{"cases":[null]}', code: 1 },
  { what: "a wrong count", name: "targets", content: '{"cases":[],"count":1}', code: 1 },
  {
    what: "a value without a check",
    name: "stats",
    content: '{"cases":[{"id":"a","kind":"holm","pValues":[1],"more":1}]}',
    code: 1,
  },
])("a folder with $what exits with $code", ({ name, content, code }) => {
  const folderOfTest = mkdtempSync(join(tmpdir(), "golden-"));
  const silent = [vi.spyOn(console, "log").mockReturnValue(), vi.spyOn(console, "error").mockReturnValue()];
  try {
    writeFileSync(join(folderOfTest, `${name}.json`), content);
    expect(runGolden(folderOfTest)).toBe(code);
  } finally {
    for (const spy of silent) spy.mockRestore();
    rmSync(folderOfTest, { recursive: true });
  }
});
