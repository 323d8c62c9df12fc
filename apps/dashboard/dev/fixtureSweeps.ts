import { FixtureSweep } from "./fixtureSweep.ts";

const quickstart = [0, 0.05, 0.1, 0.2, 0.4];
const hourMs = 3_600_000;
const livePeriodMs = 60_000;

let live: FixtureSweep | undefined;

/** A sweep that runs now: after it ended it is shown for a while, then it begins anew. */
function liveSweep(nowMs: number): FixtureSweep {
  if (live === undefined || nowMs > live.endMs + livePeriodMs) {
    live = new FixtureSweep({
      id: "swp_live",
      name: "quickstart",
      description: "Epsilon, convention and class prior on 4,000 MNIST digits.",
      epsilons: quickstart,
      seeds: [1, 2, 3],
      createdAtMs: nowMs,
      trialSeconds: 3,
    });
  }
  return live;
}

/** Every fixture sweep, newest first. */
export function fixtureSweeps(nowMs: number, startedMs: number): FixtureSweep[] {
  return [
    new FixtureSweep({
      id: "swp_waiting",
      name: "no worker yet",
      description: "",
      epsilons: quickstart,
      seeds: [1, 2, 3],
      createdAtMs: startedMs,
      trialSeconds: 100_000,
    }),
    liveSweep(nowMs),
    new FixtureSweep({
      id: "swp_done",
      name: "quickstart",
      description: "Epsilon, convention and class prior on 4,000 MNIST digits.",
      epsilons: quickstart,
      seeds: [1, 2, 3],
      createdAtMs: startedMs - hourMs,
    }),
    new FixtureSweep({
      id: "swp_audited",
      name: "audited",
      description: "The quickstart again: a share is trained anew and compared.",
      epsilons: quickstart,
      seeds: [1, 2, 3],
      createdAtMs: startedMs - 2 * hourMs,
      isAudited: true,
    }),
    new FixtureSweep({
      id: "swp_failed",
      name: "high learning rate",
      description: "Learning rate 4: some trials diverge.",
      epsilons: [0, 0.1, 0.3],
      seeds: [1, 2, 3, 4, 5],
      createdAtMs: startedMs - 26 * hourMs,
      failing: [1, 23, 24, 41],
    }),
    new FixtureSweep({
      id: "swp_single",
      name: "one seed",
      description: "A first look: one seed has no interval.",
      epsilons: [0, 0.02, 0.05, 0.1, 0.15, 0.2, 0.3, 0.4],
      seeds: [7],
      createdAtMs: startedMs - 80 * hourMs,
    }),
  ];
}
