import { createProgressLine, type ProgressLine } from "@smoothsweep/runtime";

/** Where commands speak: results to standard output, progress and notices to standard error. */
export interface Terminal {
  /** A result. */
  print(text: string): void;
  /** Something a person should know while he waits. */
  notice(text: string): void;
  /** A new live line. */
  progress(): ProgressLine;
}

export const terminal: Terminal = {
  print: (text) => void process.stdout.write(`${text}\n`),
  notice: (text) => void process.stderr.write(`${text}\n`),
  progress: () => createProgressLine({ stream: process.stderr, isTty: process.stderr.isTTY === true }),
};
