import { readFileSync } from "node:fs";

/** Linux counts in hundredths of a second, whatever the kernel's own tick (proc(5), `sysconf(_SC_CLK_TCK)`). */
const TICKS_PER_SECOND = 100;
/** Fields `cutime` and `cstime` of proc(5), counted after the command in parentheses. */
const [USER_FIELD, SYSTEM_FIELD] = [13, 14];

/**
 * Processor time of this process's children that have ended, with theirs, in seconds: unlike time on the clock it hardly
 * depends on what else the machine does. Null where the system does not tell.
 */
export function childCpuSeconds(): number | null {
  try {
    const stat = readFileSync("/proc/self/stat", "utf8");
    const fields = stat.slice(stat.lastIndexOf(")") + 2).split(" ");
    return (Number(fields[USER_FIELD]) + Number(fields[SYSTEM_FIELD])) / TICKS_PER_SECOND;
  } catch {
    return null;
  }
}
