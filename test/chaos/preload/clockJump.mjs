// Loaded into a worker before its own code: on SIGUSR2 its wall clock jumps by the milliseconds that the file named by
// CHAOS_CLOCK_FILE holds. Monotonic time (timers, performance.now) goes on, as when an administrator sets a clock.
import { readFileSync } from "node:fs";

const RealDate = Date;
let offsetMs = 0;

class ShiftedDate extends RealDate {
  constructor(...parts) {
    if (parts.length === 0) super(RealDate.now() + offsetMs);
    else super(...parts);
  }

  static now() {
    return RealDate.now() + offsetMs;
  }
}

globalThis.Date = ShiftedDate;

process.on("SIGUSR2", () => {
  offsetMs = Number(readFileSync(process.env.CHAOS_CLOCK_FILE, "utf8"));
});
