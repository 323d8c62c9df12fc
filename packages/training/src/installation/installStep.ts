/** What an installation says while it runs. */
export interface InstallProgress {
  /** What is being done: `Downloading TensorFlow 2.21.0`. */
  readonly step: string;
  /** Position of the step, from 1. */
  readonly index: number;
  readonly count: number;
  /** Bytes got so far, where the step downloads. */
  readonly bytes?: number;
  /** All bytes of the download, where known. */
  readonly totalBytes?: number;
}

/** What a step works with. */
export interface StepContext {
  /** Folder of the unfinished installation; it survives an interruption. */
  readonly folder: string;
  readonly signal: AbortSignal | undefined;
  report(transfer: { bytes: number; totalBytes?: number }): void;
}

/** One step of an installation. Done steps are remembered, so that an interrupted installation goes on. */
export interface InstallStep {
  readonly id: string;
  readonly title: string;
  /** Runs even when an earlier try did it. */
  readonly always?: boolean;
  run(context: StepContext): Promise<void>;
}
