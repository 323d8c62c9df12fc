/** Test metrics of one trial that was asked for; an equivalent one has those of the trial that stood for it. */
export interface TrialPoint {
  readonly epsilon: number;
  /** `uniform` or `off-target`. */
  readonly convention: string;
  readonly seed: number;
  /** In [0, 1]. */
  readonly accuracy: number;
  readonly ece: number;
}

/** What one contestant did with the whole sweep. */
export interface SweepOutcome {
  readonly contestant: string;
  readonly workers: number;
  /** Trials asked for, and of these the ones that were trained: the others are equivalent to a trained one. */
  readonly asked: number;
  readonly trained: number;
  /** From the first process until the first trial can begin. */
  readonly startSeconds: number;
  /** From the first trial until the last result is stored. */
  readonly sweepSeconds: number;
  /** Time in training steps, summed over the trained trials: a pack's time counts in equal shares. */
  readonly trainingSeconds: number;
  /** Median milliseconds of a training step of one trial. */
  readonly stepMs: number;
  /** Processor time of all its processes, start and database included; null where the system does not tell. */
  readonly cpuSeconds: number | null;
  /** What else is worth telling of it, such as the versions. */
  readonly notes: string;
  readonly points: readonly TrialPoint[];
}

/** Numbers by which outcomes are compared. */
export interface SweepRates {
  /** Results handed out per minute, merged ones too; from the first trial on, and from the first process on. */
  readonly deliveredPerMinute: number;
  readonly deliveredPerMinuteFromStart: number;
  readonly trainedPerMinute: number;
  /** (workers x time - time in training steps) / trained trials, from the first trial on, milliseconds. */
  readonly overheadMs: number;
  /** Processor time per trial handed out, seconds. */
  readonly cpuSecondsPerTrial: number | null;
  /** Share of the trials asked for that need no training. */
  readonly mergedShare: number;
}

export function ratesOf(outcome: SweepOutcome): SweepRates {
  const { asked, trained, workers, startSeconds, sweepSeconds, trainingSeconds, cpuSeconds } = outcome;
  return {
    deliveredPerMinute: (60 * asked) / sweepSeconds,
    deliveredPerMinuteFromStart: (60 * asked) / (startSeconds + sweepSeconds),
    trainedPerMinute: (60 * trained) / sweepSeconds,
    overheadMs: (1000 * (workers * sweepSeconds - trainingSeconds)) / trained,
    cpuSecondsPerTrial: cpuSeconds === null ? null : cpuSeconds / asked,
    mergedShare: Math.max(0, 1 - trained / asked),
  };
}

/** What a contestant tells of itself; its processor time is counted from outside. */
export type OwnOutcome = Omit<SweepOutcome, "cpuSeconds">;
