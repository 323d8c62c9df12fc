import type { Client } from "@smoothsweep/client";
import { isTerminalSweepState, type SweepDetail, type SweepEvent } from "@smoothsweep/contracts";
import { createRateEstimator, formatDuration } from "@smoothsweep/runtime";
import { progressBar } from "../terminal/progressBar.ts";
import type { Terminal } from "../terminal/terminal.ts";

/** Shows one live line until the sweep has ended. @returns the sweep as it ended */
export async function watchSweep(client: Client, sweepId: string, terminal: Terminal): Promise<SweepDetail> {
  const sweep = await client.getSweep(sweepId);
  if (isTerminalSweepState(sweep.state)) return sweep;
  const line = terminal.progress();
  const progress = createSweepProgress(sweep);
  line.update(progress.text());
  for await (const event of client.watchSweep(sweepId, { after: sweep.lastEventId })) {
    if (event.type === "trial.failed") {
      line.note(`trial ${event.data.trialId} failed: ${event.data.message} [${event.data.code}]`);
    }
    progress.take(event);
    line.update(progress.text());
  }
  line.finish(progress.text());
  return client.getSweep(sweepId);
}

/** Counts trials, and epochs within them, so that the remaining time moves also while long trials train. */
function createSweepProgress(sweep: SweepDetail) {
  const { distinct, completed, failed } = sweep.counts;
  const epochs = sweep.spec.training.epochs;
  const underway = new Map<string, number>();
  const rate = createRateEstimator({ halfLifeMs: 20_000 });
  let done = completed + failed;
  let broken = failed;
  const units = () => done + [...underway.values()].reduce((sum, epoch) => sum + Math.min(epoch / epochs, 0.99), 0);
  // What was done before we watched says nothing about the rate.
  const before = units();
  return {
    take: (event: SweepEvent) => {
      if (event.type === "trial.reported") underway.set(event.data.trialId, event.data.report.epoch);
      if (event.type === "trials.returned") for (const id of event.data.trialIds) underway.delete(id);
      if (event.type === "trial.completed" || event.type === "trial.failed") {
        underway.delete(event.data.trialId);
        done += 1;
        if (event.type === "trial.failed") broken += 1;
      }
      rate.update(Math.max(0, units() - before));
    },
    text: () => {
      const remaining = rate.remainingMs(distinct - before);
      const perMinute = rate.perSecond() * 60;
      const pace = perMinute > 0 ? `${perMinute.toFixed(1)} trials/min` : "starting";
      const eta = done >= distinct ? "done" : Number.isFinite(remaining) ? `ETA ${formatDuration(remaining)}` : "ETA -";
      const failures = broken > 0 ? `  ${broken} failed` : "";
      return `${progressBar(units() / distinct)} ${done}/${distinct} trials  ${pace}  ${eta}${failures}`;
    },
  };
}
