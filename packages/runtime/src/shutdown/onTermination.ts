/** Signals that ask a program to end. */
export type TerminationSignal = "SIGINT" | "SIGTERM";

/** What began it: a signal, or the program itself. */
export type TerminationCause = TerminationSignal | "request";

/** How a termination ended: everything released, an error on the way, out of time, or asked twice. */
export type TerminationOutcome = "graceful" | "failed" | "timed-out" | "forced";

export interface TerminationOptions {
  /** Time for a graceful end, in milliseconds. Default 5,000. */
  deadlineMs?: number;
  /** Raised when the program itself wants to end: as a first signal, but the next signal is not yet a second one. */
  request?: AbortSignal;
  /** Told the outcome just before the process exits, with the error of a failed handler. */
  onOutcome?: (outcome: TerminationOutcome, error?: unknown) => void;
  /** Ends the process. Default `process.exit`. */
  exit?: (code: number) => void;
}

const signalNumbers = { SIGINT: 2, SIGTERM: 15 } as const;
// One Ctrl-C under `npm run` arrives twice: from the terminal, and passed on by npm.
const SAME_PRESS_MS = 400;
const signals: readonly TerminationSignal[] = ["SIGINT", "SIGTERM"];

/**
 * Ends the program well. The first SIGINT or SIGTERM calls the handler, which has until the deadline; then the process
 * exits with 0 (1 when the handler failed or the deadline passed). A second signal exits at once with 128 + its number,
 * unless it comes within 0.4 s of the first: then it is the same key press, passed on by npm.
 *
 * @returns A function that takes the signal handlers off again.
 */
export function onTermination(
  handler: (cause: TerminationCause) => Promise<void>,
  options: TerminationOptions = {},
): () => void {
  const { deadlineMs = 5000, request, onOutcome, exit = (code: number) => process.exit(code) } = options;
  let signalledAtMs: number | undefined;
  let isEnding = false;
  let ended = false;

  function end(outcome: TerminationOutcome, code: number, error?: unknown): void {
    if (ended) return;
    ended = true;
    onOutcome?.(outcome, error);
    exit(code);
  }

  function begin(cause: TerminationCause): void {
    if (isEnding) return;
    isEnding = true;
    const deadline = setTimeout(() => end("timed-out", 1), deadlineMs);
    Promise.resolve()
      .then(() => handler(cause))
      .then(
        () => end("graceful", 0),
        (error: unknown) => end("failed", 1, error),
      )
      .finally(() => clearTimeout(deadline));
  }

  function receive(signal: TerminationSignal): void {
    if (signalledAtMs === undefined) {
      signalledAtMs = performance.now();
      begin(signal);
    } else if (performance.now() - signalledAtMs >= SAME_PRESS_MS) {
      end("forced", 128 + signalNumbers[signal]);
    }
  }

  const onRequest = () => begin("request");
  request?.addEventListener("abort", onRequest, { once: true });
  for (const signal of signals) process.on(signal, receive);
  return () => {
    request?.removeEventListener("abort", onRequest);
    for (const signal of signals) process.off(signal, receive);
  };
}
