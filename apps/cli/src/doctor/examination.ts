import type { EngineName } from "@smoothsweep/contracts";
import type { PackSizesFinding } from "./examinePackSizes.ts";

/** One thing that was looked at. */
export interface Finding {
  readonly ok: boolean;
  /** What was found, in a line. */
  readonly text: string;
  /** What to do where it is not well. */
  readonly fix?: string;
}

/** An engine: whether it is there, works, and would be chosen. */
export interface EngineFinding {
  readonly name: EngineName;
  readonly state: "works" | "fails" | "not installed";
  /** Whether `auto` takes it on this machine. */
  readonly chosen: boolean;
  readonly version?: string;
  readonly device?: string;
  /** Bytes of the device's memory, where it tells. */
  readonly memoryBytes?: number;
  readonly selfTestSeconds?: number;
  /** Why it is not there, does not work, or is not chosen. */
  readonly reason?: string;
  /** The command or setting that would change that. */
  readonly fix?: string;
}

/** Everything that `smoothsweep doctor` has to say. */
export interface Examination {
  /** Whether some engine can work. */
  readonly ok: boolean;
  readonly version: string;
  readonly chosenEngine: EngineName | null;
  /** `node`, `machine`, `data`, `cache`, `postgres`, `redis`. */
  readonly findings: Readonly<Record<string, Finding>>;
  readonly engines: readonly EngineFinding[];
  readonly packSizes: PackSizesFinding;
}
