import { mkdir, readFile, rename, writeFile } from "node:fs/promises";
import { availableParallelism, cpus, totalmem } from "node:os";
import { dirname } from "node:path";
import {
  type EngineInfo,
  type PackSizeSamples,
  type PackWork,
  packSizesSchema,
  type SweepSpec,
} from "@smoothsweep/contracts";
import { canonicalJson } from "@smoothsweep/sweeps";
import type { TrainingProcess } from "../supervision/trainingProcess.ts";
import { choosePackSize, type PackMeasurement } from "./choosePackSize.ts";

/** The most trials of a pack: design.md's size for a GPU. */
const SIZE_MAX = 64;
/** A measurement is the median of so many packs, the newest. */
const SAMPLES_MAX = 5;

/** Which pack sizes this machine has found best for which work. */
export interface PackSizes {
  /** How many trials the next pack should have. */
  next(training: TrainingProcess, spec: SweepSpec): Promise<number>;
  /** The process, of which packs of `size` trials are measured as they train; more than half of them count as that many. */
  measuring(training: TrainingProcess, spec: SweepSpec, size: number): TrainingProcess;
}

/** Asking the system for it takes longer than all the rest of choosing a size. */
const PROCESSOR = cpus()[0]?.model ?? "unknown";

/** The kind of work as it is written in the file. */
function workOf(engine: EngineInfo, { model, data, training }: SweepSpec): string {
  const work: PackWork = {
    engine,
    processor: PROCESSOR,
    model,
    dataset: data.dataset,
    batchSize: training.batchSize,
    optimizer: training.optimizer.kind,
    loss: training.loss?.kind ?? "cross-entropy",
  };
  return canonicalJson(work);
}

/** A worker's share of the memory that this machine or container has, with one worker per core. */
function memoryShare(): number {
  const constrained = process.constrainedMemory();
  const whole = constrained > 0 ? Math.min(constrained, totalmem()) : totalmem();
  return whole / availableParallelism();
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[Math.floor(values.length / 2)] ?? 0;
}

/** A file that is not there or not ours is no loss: sizes are measured again. */
async function readSamples(file: string): Promise<PackSizeSamples> {
  try {
    return packSizesSchema.parse(JSON.parse(await readFile(file, "utf8")));
  } catch {
    return {};
  }
}

/** Written whole and then renamed; of two workers that write at once one loses a sample. */
async function writeSamples(file: string, samples: PackSizeSamples): Promise<void> {
  const draft = `${file}.${process.pid}`;
  await mkdir(dirname(file), { recursive: true });
  await writeFile(draft, JSON.stringify(samples));
  await rename(draft, file);
}

/** A sample that cannot be kept (no room, a folder that is not ours) is measured again: no reason for a pack to fail. */
async function addSample(
  file: string,
  work: string,
  { size, sample }: { size: number; sample: PackMeasurement },
): Promise<void> {
  const samples = await readSamples(file);
  const ofWork = samples[work] ?? {};
  const kept = [...(ofWork[size] ?? []), sample].slice(-SAMPLES_MAX);
  await writeSamples(file, { ...samples, [work]: { ...ofWork, [size]: kept } }).catch(() => {});
}

/** The first epoch of a pack warms the engine up; it counts only where there is no other. */
function rateOf(rates: readonly { epoch: number; rate: number }[]): number {
  const warm = rates.filter(({ epoch }) => epoch > 1);
  return median((warm.length > 0 ? warm : rates).map(({ rate }) => rate));
}

/**
 * Pack sizes found by measuring real packs, remembered for all workers of this machine. Nothing is trained for it.
 * @param file where they are kept; made when needed
 */
export function keepPackSizes(file: string): PackSizes {
  return {
    next: async ({ engine, packCapacity }, spec) => {
      const samples = (await readSamples(file))[workOf(engine, spec)] ?? {};
      const measured = new Map<number, PackMeasurement>();
      for (const [size, told] of Object.entries(samples)) {
        const memoryBytes = Math.max(...told.map((sample) => sample.memoryBytes));
        measured.set(Number(size), { rate: median(told.map(({ rate }) => rate)), memoryBytes });
      }
      return choosePackSize(measured, { start: packCapacity, max: SIZE_MAX, memoryBytes: memoryShare() });
    },
    measuring(training, spec, size) {
      return {
        ...training,
        get isAlive() {
          return training.isAlive;
        },
        train: async (request, onMessage, options) => {
          const rates: { epoch: number; rate: number }[] = [];
          let memoryBytes = 0;
          const observe: typeof onMessage = (message) => {
            if (message.kind === "epoch") {
              const { epoch, examplesPerSecond } = message.report;
              rates.push({ epoch, rate: examplesPerSecond });
            }
            if (message.kind === "result") memoryBytes = Math.max(memoryBytes, message.memoryBytes);
            onMessage(message);
          };
          await training.train(request, observe, options);
          // Groups are cut in the middle, so packs are often a little smaller than what was asked for.
          const isWhole = 2 * request.trials.length > size && memoryBytes > 0 && rates.length > 0;
          if (!isWhole) return;
          const sample = { rate: rateOf(rates), memoryBytes };
          await addSample(file, workOf(training.engine, spec), { size, sample });
        },
      };
    },
  };
}
