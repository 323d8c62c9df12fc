import { readFileSync, statSync } from "node:fs";

/** What a worker says when its claims turn out to belong to somebody else. */
const refusals = new Set(["leases lost", "write refused", "write refused: no longer ours", "failure not written"]);

/** Where a log ends now. */
export function endOfLog(logFile: string): number {
  return statSync(logFile).size;
}

/** Ids of the trials that were refused to a worker's process, from what it has logged since `from`. */
export function readRefusals(logFile: string, { pid, from }: { pid: number; from: number }): Set<string> {
  const refused = new Set<string>();
  for (const line of readFileSync(logFile).subarray(from).toString().split("\n")) {
    const said = parseLine(line);
    if (said?.pid !== pid || !refusals.has(said.msg ?? "")) continue;
    for (const trialId of said.trialIds ?? [said.trialId ?? ""]) refused.add(trialId);
  }
  return refused;
}

interface LogLine {
  pid?: number;
  msg?: string;
  trialIds?: string[];
  trialId?: string;
}

/** Lines of Node itself are not JSON, and the last one may be half written. */
function parseLine(line: string): LogLine | undefined {
  try {
    return JSON.parse(line) as LogLine;
  } catch {
    return undefined;
  }
}
