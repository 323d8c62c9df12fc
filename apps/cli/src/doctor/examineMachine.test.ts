import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, test } from "vitest";
import { examineFolder, examineMachine, examineNode } from "./examineMachine.ts";

describe("examineNode", () => {
  test.each(["v20.19.0", "v20.20.2", "v22.0.0", "v24.1.0"])("%s serves", (version) => {
    expect(examineNode(version)).toEqual({ ok: true, text: `Node ${version}` });
  });

  test.each(["v20.18.3", "v18.20.0"])("%s does not, and what does is named", (version) => {
    expect(examineNode(version)).toMatchObject({ ok: false, fix: "Install Node 20.19 or newer." });
  });
});

test("the machine's cores and memory are named", () => {
  expect(examineMachine().text).toMatch(/^\w+-\w+, \d+ cores \(.+\), [\d.]+ \wiB of memory, [\d.]+ \wiB free$/);
});

describe("examineFolder", () => {
  test("makes nothing: a folder that is not there yet can be made where its parent is writable", () => {
    const parent = mkdtempSync(join(tmpdir(), "smoothsweep-doctor-"));
    expect(examineFolder(parent).text).toBe(`${parent} is writable`);
    const missing = join(parent, "data", "logs");
    expect(examineFolder(missing)).toEqual({ ok: true, text: `${missing} can be made` });
    expect(examineFolder(missing).text).toContain("can be made");
    rmSync(parent, { recursive: true });
  });

  test.skipIf(process.platform !== "linux")("names the folder that forbids it", () => {
    // Not even root can make a folder in there.
    expect(examineFolder("/proc/sys/smoothsweep")).toMatchObject({
      ok: false,
      text: "/proc/sys/smoothsweep cannot be written",
      fix: expect.stringContaining("/proc/sys"),
    });
  });
});
