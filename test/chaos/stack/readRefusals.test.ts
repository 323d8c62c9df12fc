import { appendFileSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { endOfLog, readRefusals } from "./readRefusals.ts";

it("finds what one process was refused since a moment, between the lines of others and of Node", () => {
  const directory = mkdtempSync(join(tmpdir(), "smoothsweep-refusals-"));
  const logFile = join(directory, "worker.log");
  const line = (pid: number, fields: object) => `${JSON.stringify({ pid, ...fields })}\n`;
  writeFileSync(logFile, line(7, { trialIds: ["before"], msg: "leases lost" }));
  const from = endOfLog(logFile);
  appendFileSync(logFile, line(7, { trialIds: ["a", "b"], msg: "leases lost" }));
  appendFileSync(logFile, line(7, { trialId: "c", msg: "failure not written" }));
  appendFileSync(logFile, line(7, { trialIds: ["d"], msg: "write refused: no longer ours" }));
  appendFileSync(logFile, line(7, { trialIds: ["e"], msg: "pack ended" }));
  appendFileSync(logFile, line(8, { trialIds: ["other"], msg: "leases lost" }));
  appendFileSync(logFile, 'Node.js v20\n{"pid":7,"trialId":"half');
  expect([...readRefusals(logFile, { pid: 7, from })]).toEqual(["a", "b", "c", "d"]);
  rmSync(directory, { recursive: true, force: true });
});
