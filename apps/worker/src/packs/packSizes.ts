import { mkdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
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
  next(training: TrainingProcess, spec: SweepSpec): number;
  /** The process, of which packs of exactly `size` trials are measured as they train. */
  measuring(training: TrainingProcess, spec: SweepSpec, size: number): TrainingProcess;
}

/** The kind of work as it is written in the file. */
function workOf(engine: EngineInfo, { model, data, training }: SweepSpec): string {
  const work: PackWork = {
    engine,
    processor: cpus()[0]?.model ?? "unknown",
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
function readSamples(file: string): PackSizeSamples {
  try {
    return packSizesSchema.parse(JSON.parse(readFileSync(file, "utf8")));
  } catch {
    return {};
  }
}

/** Written whole and then renamed; of two workers that write at once one loses a sample. */
function writeSamples(file: string, samples: PackSizeSamples): void {
  const draft = `${file}.${process.pid}`;
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(draft, JSON.stringify(samples));
  renameSync(draft, file);
}

function addSample(file: string, work: string, { size, sample }: { size: number; sample: PackMeasurement }): void {
  const samples = readSamples(file);
  const ofWork = samples[work] ?? {};
  const kept = [...(ofWork[size] ?? []), sample].slice(-SAMPLES_MAX);
  writeSamples(file, { ...samples, [work]: { ...ofWork, [size]: kept } });
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
    next({ engine, packCapacity }, spec) {
      const samples = readSamples(file)[workOf(engine, spec)] ?? {};
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
          const isWhole = request.trials.length === size && memoryBytes > 0 && rates.length > 0;
          if (!isWhole) return;
          const sample = { rate: rateOf(rates), memoryBytes };
          addSample(file, workOf(training.engine, spec), { size, sample });
        },
      };
    },
  };
}
