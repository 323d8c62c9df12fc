import type { Fault, PlannedFault, StackShape } from "../faults/fault.ts";
import { createRandom } from "./random.ts";

/** A fault and its moment. The moment is told by progress, so that a slow machine meets the same faults in the same work. */
export interface Step {
  /** It strikes once so many results are accepted ... */
  afterResults: number;
  /** ... and then so much time has passed. */
  delayMs: number;
  fault: PlannedFault;
}

export interface Schedule {
  seed: number;
  /** From 1. */
  number: number;
  steps: Step[];
}

export interface ScheduleOptions {
  seed: number;
  number: number;
  shape: StackShape;
  faults: readonly Fault[];
  /** Results of an undisturbed run. */
  trials: number;
}

export const FAULTS_PER_SCHEDULE = 5;

/** Faults strike while work is left: in the first nine tenths of the results. */
const LAST_STRIKE = 0.9;
const DELAY_MS_MAX = 800;

/**
 * The n-th schedule of a seed, whichever others are run. Faults are dealt like cards, so that each comes up equally often;
 * moments and details are drawn.
 */
export function planSchedule({ seed, number, shape, faults, trials }: ScheduleOptions): Schedule {
  const random = createRandom(`${seed}:${shape.queue}:schedule:${number}`);
  const steps = dealt(seed, number, fitting(faults, shape)).map((fault) => ({
    afterResults: random.integer(0, Math.floor(trials * LAST_STRIKE)),
    delayMs: random.integer(0, DELAY_MS_MAX),
    fault: { kind: fault.kind, ...fault.draw(random, shape) },
  }));
  return { seed, number, steps: steps.sort((a, b) => a.afterResults - b.afterResults || a.delayMs - b.delayMs) };
}

/** Faults that make sense with this stack. */
function fitting(faults: readonly Fault[], { queue }: StackShape): Fault[] {
  return faults.filter(({ queues }) => queues.includes(queue));
}

/** The schedule's cards, from packs that are each shuffled anew. */
function dealt(seed: number, number: number, faults: readonly Fault[]): Fault[] {
  const first = (number - 1) * FAULTS_PER_SCHEDULE;
  return Array.from({ length: FAULTS_PER_SCHEDULE }, (_, index) => {
    const card = first + index;
    const pack = createRandom(`${seed}:pack:${Math.floor(card / faults.length)}`).shuffle(faults);
    return pack[card % faults.length]!;
  });
}

/** The plan for people, a line a step. */
export function describeSchedule({ steps }: Schedule): string[] {
  return steps.map(
    ({ afterResults, delayMs, fault }) => `after ${afterResults} results + ${delayMs} ms: ${fault.kind}: ${fault.text}`,
  );
}
