import {
  isTerminalSweepState,
  type RetryPolicy,
  type SweepState,
  type SweepVerb,
  type TrialState,
} from "@smoothsweep/contracts";
import {
  afterFailure,
  afterLoss,
  type Claim,
  type Loss,
  type NextTry,
  type ReportedFailure,
  type TrialCounters,
  verbTable,
} from "@smoothsweep/sweeps";

/** A trial that is trained itself, as the machine knows it. */
export interface MachineTrial extends Claim {
  groupId: string;
  state: TrialState;
  counters: TrialCounters;
  /** Whether its pause before another attempt is over. */
  isDue: boolean;
  workerId: string | undefined;
  /** Token of the accepted result. */
  acceptedToken: number | undefined;
}

/**
 * The in-memory twin of one sweep's state machine: plain values, the rules of the domain, no clock. A store must agree
 * with it after every call; which of several waiting trials a claim hands out is the store's choice.
 */
export interface SweepMachine {
  readonly state: () => SweepState;
  readonly isArchived: () => boolean;
  readonly trials: () => readonly MachineTrial[];
  add(trial: { trialId: string; groupId: string }): void;
  /** Whether a claim of the group must hand out something. */
  isClaimable(groupId: string): boolean;
  /** Takes what a store handed out. @throws Error when it may not hand that out */
  claimed(claims: readonly Claim[], request: { groupId: string; limit: number; workerId: string }): void;
  /** @returns the claims that still hold */
  holding(claims: readonly Claim[]): Claim[];
  /** @returns the claims whose results are accepted, now or before */
  accept(claims: readonly Claim[]): Claim[];
  /** @returns the trial's new state; undefined when the claim is stale */
  fail(claim: Claim, failure: ReportedFailure): TrialState | undefined;
  lose(claims: readonly Claim[], loss: Loss): void;
  giveBack(claims: readonly Claim[]): void;
  /** Every lease is over. */
  expire(): void;
  /** Every pause is over. */
  passBackoffs(): void;
  /** @returns whether the verb is refused */
  apply(verb: Exclude<SweepVerb, "delete">): boolean;
}

const fresh: TrialCounters = { failures: 0, losses: 0, lossesAlone: 0, packLimit: null };

export function createSweepMachine(policy: RetryPolicy): SweepMachine {
  const trials = new Map<string, MachineTrial>();
  let state: SweepState = "running";
  let archived = false;

  const all = () => [...trials.values()];
  const inState = (...states: TrialState[]) => all().filter((trial) => states.includes(trial.state));
  const owned = (claims: readonly Claim[]) =>
    claims.flatMap(({ trialId, token }) => {
      const trial = trials.get(trialId);
      return trial?.token === token && trial.state === "running" ? [trial] : [];
    });
  const endIfDone = () => {
    if (isTerminalSweepState(state) || inState("pending", "running").length > 0) return;
    state = inState("cancelled").length > 0 ? "stopped" : inState("failed").length > 0 ? "failed" : "completed";
  };
  const settle = (trial: MachineTrial, { state: next, ...rest }: NextTry) => {
    const { failures, losses, lossesAlone, packLimit } = rest;
    trial.counters = { failures, losses, lossesAlone, packLimit };
    trial.state = next === "pending" && state === "stopping" ? "cancelled" : next;
    trial.isDue = !("delayMs" in rest) || rest.delayMs === 0;
    trial.workerId = undefined;
  };
  const cancel = (...states: TrialState[]) => {
    for (const trial of inState(...states)) trial.state = "cancelled";
  };
  const effects: Record<string, () => void> = {
    pause: () => {
      state = "paused";
    },
    resume: () => {
      state = "running";
    },
    stop: () => {
      cancel("pending");
      state = "stopping";
    },
    cancel: () => {
      cancel("pending", "running");
      state = "cancelled";
    },
    retry: () => {
      const again = inState("failed", "cancelled");
      for (const trial of again) {
        const { losses, packLimit } = trial.counters;
        Object.assign(trial, { state: "pending", isDue: true, counters: { ...fresh, losses, packLimit } });
      }
      if (again.length > 0 && state !== "paused") state = "running";
    },
    extend: () => {
      if (state !== "paused") state = "running";
    },
    archive: () => {
      archived = true;
    },
    unarchive: () => {
      archived = false;
    },
    none: () => {},
  };

  return {
    state: () => state,
    isArchived: () => archived,
    trials: all,
    add: ({ trialId, groupId }) => {
      const rest = {
        state: "pending",
        counters: fresh,
        isDue: true,
        workerId: undefined,
        acceptedToken: undefined,
      } as const;
      trials.set(trialId, { trialId, groupId, token: 0, ...rest });
    },
    isClaimable: (groupId) =>
      state === "running" && inState("pending").some((trial) => trial.groupId === groupId && trial.isDue),
    claimed: (claims, { groupId, limit, workerId }) => {
      const taken = claims.map(({ trialId }) => trials.get(trialId) as MachineTrial);
      const [first] = taken;
      if (first === undefined) return;
      const { losses, packLimit } = first.counters;
      const isLegal = taken.every((trial, index) => {
        const isFree = trial.groupId === groupId && trial.state === "pending" && trial.isDue;
        const isAlike = trial.counters.losses === losses && trial.counters.packLimit === packLimit;
        return state === "running" && isFree && isAlike && claims[index]?.token === trial.token + 1;
      });
      if (!isLegal || taken.length > Math.min(limit, packLimit ?? limit))
        throw new Error("nobody may claim these trials");
      for (const trial of taken) Object.assign(trial, { state: "running", token: trial.token + 1, workerId });
    },
    holding: (claims) => owned(claims).map(({ trialId, token }) => ({ trialId, token })),
    accept: (claims) => {
      for (const trial of owned(claims)) {
        trial.state = "completed";
        trial.acceptedToken = trial.token;
      }
      endIfDone();
      return claims.filter(({ trialId, token }) => trials.get(trialId)?.acceptedToken === token);
    },
    fail: (claim, failure) => {
      const [trial] = owned([claim]);
      if (trial === undefined) return undefined;
      settle(trial, afterFailure(policy, trial.counters, failure));
      endIfDone();
      return trial.state;
    },
    lose: (claims, loss) => {
      const lost = owned(claims);
      for (const trial of lost) settle(trial, afterLoss(policy, trial.counters, { ...loss, suspects: lost.length }));
      endIfDone();
    },
    giveBack: (claims) => {
      for (const trial of owned(claims)) settle(trial, { ...trial.counters, state: "pending", delayMs: 0 });
      endIfDone();
    },
    expire: () => {
      const lost = inState("running");
      const packOf = ({ workerId, groupId }: MachineTrial) => `${workerId} ${groupId}`;
      const sizes = new Map<string, number>();
      for (const trial of lost) sizes.set(packOf(trial), (sizes.get(packOf(trial)) ?? 0) + 1);
      const packs = new Map(lost.map((trial) => [trial, sizes.get(packOf(trial)) as number]));
      for (const [trial, suspects] of packs) {
        const loss = { code: "worker_lost", message: "the lease expired", suspects };
        settle(trial, afterLoss(policy, trial.counters, loss));
      }
      endIfDone();
    },
    passBackoffs: () => {
      for (const trial of all()) trial.isDue = true;
    },
    apply: (verb) => {
      const rule = verbTable[verb][archived && isTerminalSweepState(state) ? "archived" : state];
      if ("refused" in rule) return true;
      effects[rule.effect]?.();
      if (verb !== "cancel" && rule.effect !== "none") endIfDone();
      return false;
    },
  };
}
