import { readFileSync } from "node:fs";
import { availableParallelism, cpus, freemem, hostname, totalmem } from "node:os";

/** The machine as this process may use it. */
export interface MachineDescription {
  hostname: string;
  /** Cores this process may run on: affinity is respected, and so is a container's limit where it is known. */
  cores: number;
  cpuModel: string;
  /** Bytes this process may use: the container's limit when there is one, else the machine's memory. */
  memoryBytes: number;
  /** Bytes not in use now. */
  freeMemoryBytes: number;
  platform: string;
  nodeVersion: string;
}

/** Describes the machine; cheap enough to be called at every start. */
export function describeMachine(): MachineDescription {
  const total = totalmem();
  const constrained = process.constrainedMemory();
  // Without a limit, cgroup reports 0 or a number far above the machine's memory.
  const limited = constrained > 0 && constrained < total;
  return {
    hostname: hostname(),
    cores: availableCores(),
    cpuModel: cpus()[0]?.model.trim() ?? "unknown",
    memoryBytes: limited ? constrained : total,
    freeMemoryBytes: limited ? process.availableMemory() : freemem(),
    platform: `${process.platform}-${process.arch}`,
    nodeVersion: process.version,
  };
}

/**
 * Cores this process may use: what affinity allows, cut to a cgroup v2 quota (`docker run --cpus`), which Node 20 does
 * not look at. A fraction of a core counts as one.
 */
function availableCores(): number {
  return Math.max(1, Math.min(availableParallelism(), Math.ceil(quotaCores())));
}

function quotaCores(): number {
  try {
    const [quota, period] = readFileSync("/sys/fs/cgroup/cpu.max", "utf8").trim().split(" ").map(Number);
    // "max" is no number: no limit.
    return quota !== undefined && period !== undefined && quota > 0 ? quota / period : Number.POSITIVE_INFINITY;
  } catch {
    return Number.POSITIVE_INFINITY;
  }
}
