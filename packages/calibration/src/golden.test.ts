import { readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { runners } from "../../../scripts/golden/calibration/runners.ts";

interface GoldenFile {
  readonly cases: readonly { readonly id: string }[];
}

describe.each(Object.entries(runners))("golden file %s", (file, run) => {
  const path = new URL(`../../testkit/golden/${file}.json`, import.meta.url);
  const golden = JSON.parse(readFileSync(path, "utf8")) as GoldenFile;

  it.each(golden.cases.map((entry) => [entry.id, entry] as const))("%s holds at the stated tolerances", (_, entry) => {
    expect(run(entry)).toMatchObject({ passed: true, problems: [] });
  });

  it("reports an entry of a kind it does not know instead of passing it", () => {
    expect(run({ id: "new", kind: "newKind", optimum: "sideways" })).toHaveProperty("unknownKind");
  });
});
