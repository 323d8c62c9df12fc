import { describe, expect, it } from "vitest";
import { jobCatalogue } from "./jobCatalogue.ts";

const { schema } = jobCatalogue["train-group"];
const job = { version: 1, sweepId: "swp_1", groupId: "grp_1", index: 0 };

describe("the job train-group", () => {
  it("is ids and a version, and survives the queue's JSON", () => {
    expect(schema.parse(JSON.parse(JSON.stringify(job)))).toEqual(job);
  });

  it.each([
    ["another version", { ...job, version: 2 }],
    ["a negative index", { ...job, index: -1 }],
    ["half an index", { ...job, index: 0.5 }],
    ["no group", { ...job, groupId: undefined }],
    ["anything else, such as weights", { ...job, weights: [1] }],
  ])("refuses %s", (_what, payload) => {
    expect(schema.safeParse(payload).success).toBe(false);
  });
});
