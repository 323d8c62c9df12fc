export interface ProgressLine {
  /** Shows the latest state; on a terminal in place, elsewhere as a line once in a while. */
  update(text: string): void;
  /** Prints a line that stays, above the live one. */
  note(text: string): void;
  /** Ends the live line: with a last text that stays, or by wiping it off. */
  finish(text?: string): void;
}

export interface ProgressLineOptions {
  stream: NodeJS.WritableStream & { columns?: number };
  /** Whether the stream is a terminal that a person watches. */
  isTty: boolean;
  /** Least time between two lines when it is no terminal, in milliseconds. Default 5,000. */
  plainIntervalMs?: number;
  /** Least time between two repaints of a terminal, in milliseconds. Default 80. */
  paintIntervalMs?: number;
  /** A clock that never runs backwards, in milliseconds. */
  nowMs?: () => number;
}

// Carriage return, then erase to the end of the line.
const WIPE = "\r\u001b[K";

/**
 * One live line. Text wider than the terminal is cut with an ellipsis, because a line that wraps cannot be painted
 * over. Every write is the caller's: no timer runs, so a forgotten line keeps no process alive.
 */
export function createProgressLine(options: ProgressLineOptions): ProgressLine {
  const { stream, isTty, nowMs = () => performance.now() } = options;
  const intervalMs = isTty ? (options.paintIntervalMs ?? 80) : (options.plainIntervalMs ?? 5000);
  let shown = "";
  let latest = "";
  let lastMs = Number.NEGATIVE_INFINITY;

  function paint(): void {
    shown = latest;
    stream.write(isTty ? WIPE + fit(latest, stream.columns ?? 80) : `${latest}\n`);
  }

  return {
    update(text) {
      latest = text;
      if (text === shown || nowMs() - lastMs < intervalMs) return;
      lastMs = nowMs();
      paint();
    },
    note(text) {
      stream.write(isTty ? `${WIPE}${text}\n` : `${text}\n`);
      if (isTty && latest !== "") paint();
    },
    finish(text) {
      if (text !== undefined) stream.write(isTty ? `${WIPE}${text}\n` : `${text}\n`);
      else if (isTty && shown !== "") stream.write(WIPE);
      shown = "";
      latest = "";
      lastMs = Number.NEGATIVE_INFINITY;
    },
  };
}

/** Cuts a text to one column less than the terminal has: some terminals wrap when the last one is written. */
function fit(text: string, columns: number): string {
  const characters = [...text];
  const room = Math.max(1, columns - 1);
  return characters.length <= room ? text : `${characters.slice(0, room - 1).join("")}…`;
}
