import { readdirSync, readFileSync } from "node:fs";

/** Environment variable that marks every process that a stack starts, and all that those start. */
export const MARK_VARIABLE = "CHAOS_MARK";

export interface ProcessInfo {
  pid: number;
  parentPid: number;
  command: string;
}

/** Living processes that carry the mark. Reads /proc, so Linux only. */
export function markedProcesses(mark: string): ProcessInfo[] {
  return readdirSync("/proc")
    .filter((name) => /^\d+$/.test(name))
    .flatMap((name) => {
      try {
        const environment = readFileSync(`/proc/${name}/environ`, "utf8").split("\0");
        return environment.includes(`${MARK_VARIABLE}=${mark}`) ? [describe(name)] : [];
      } catch {
        // It ended while we looked, or belongs to somebody else.
        return [];
      }
    });
}

/** Number of the training child of a worker; undefined while it has none. */
export function trainingChildOf(workerPid: number, mark: string): number | undefined {
  const isChild = ({ parentPid, command }: ProcessInfo) => parentPid === workerPid && isTrainingChild(command);
  return markedProcesses(mark).find(isChild)?.pid;
}

export function isTrainingChild(command: string): boolean {
  return command.includes("trainingChild");
}

function describe(name: string): ProcessInfo {
  // "pid (name) state ppid ...": the name may contain spaces and brackets.
  const fields = readFileSync(`/proc/${name}/stat`, "utf8")
    .replace(/^.*\) /s, "")
    .split(" ");
  const command = readFileSync(`/proc/${name}/cmdline`, "utf8").replaceAll("\0", " ").trim();
  return { pid: Number(name), parentPid: Number(fields[1]), command };
}
