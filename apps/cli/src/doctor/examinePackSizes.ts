import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  PACK_SIZES_FILE,
  type PackSample,
  type PackWork,
  packSizesSchema,
  packWorkSchema,
} from "@smoothsweep/contracts";

/** What packs of one size have shown on this machine. */
export interface MeasuredSize {
  readonly size: number;
  /** Packs that were measured, the newest five at most. */
  readonly packs: number;
  /** Median of their training examples per second, all trials together. */
  readonly examplesPerSecond: number;
  /** The most resident memory that a training process had. */
  readonly memoryBytes: number;
}

/** One kind of work, and the sizes that it was measured with, the smallest first. */
export interface MeasuredWork {
  readonly work: PackWork;
  readonly sizes: readonly MeasuredSize[];
}

/** What the workers of this machine remember of pack sizes. */
export interface PackSizesFinding {
  /** Without it the next packs are measured anew. */
  readonly file: string;
  readonly measured: readonly MeasuredWork[];
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

function measuredSize([size, samples]: readonly [string, readonly PackSample[]]): MeasuredSize {
  return {
    size: Number(size),
    packs: samples.length,
    examplesPerSecond: median(samples.map(({ rate }) => rate)),
    memoryBytes: Math.max(...samples.map(({ memoryBytes }) => memoryBytes)),
  };
}

/** A kind of work that an earlier version wrote in another form is left out: workers do not look at it either. */
function measuredWork([name, sizes]: readonly [string, Record<string, PackSample[]>]): MeasuredWork[] {
  const work = packWorkSchema.safeParse(JSON.parse(name));
  if (!work.success) return [];
  const known = Object.entries(sizes).filter(([, samples]) => samples.length > 0);
  return [{ work: work.data, sizes: known.map(measuredSize).toSorted((a, b) => a.size - b.size) }];
}

/** Reads the pack sizes that were measured on this machine; a file that is not there or not readable has none. */
export function examinePackSizes(cacheFolder: string): PackSizesFinding {
  const file = join(cacheFolder, PACK_SIZES_FILE);
  try {
    const samples = packSizesSchema.parse(JSON.parse(readFileSync(file, "utf8")));
    return { file, measured: Object.entries(samples).flatMap(measuredWork) };
  } catch {
    return { file, measured: [] };
  }
}
