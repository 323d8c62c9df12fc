import { isTerminalSweepState, type SweepState, type SweepVerb, sweepStates, sweepVerbs } from "@smoothsweep/contracts";

/** What a verb does to a sweep. Trials with a result are never touched. */
export type VerbEffect =
  /** No further trial starts; running ones finish. */
  | "pause"
  /** Waiting trials may start again. */
  | "resume"
  /** Waiting trials are cancelled; the sweep is `stopping` until its running trials have ended, then `stopped`. */
  | "stop"
  /** Waiting and running trials are cancelled, their claims are void; the sweep is `cancelled`. */
  | "cancel"
  /** Failed and cancelled trials wait again with fresh counts; a sweep that had ended is `running`. */
  | "retry"
  /** New trials are added; a sweep that had ended is `running`, unless all of them are reused. */
  | "extend"
  /** Hidden from the list of sweeps, and back. */
  | "archive"
  | "unarchive"
  /** Removed with all that belongs to it. */
  | "delete";

/** What happens: an effect, nothing because it is so already, or a refusal with its reason. */
export type VerbRule = { effect: VerbEffect } | { effect: "none" } | { refused: string; fix: string };

/** Where a sweep is as verbs see it: archived sweeps take none but `unarchive` and `delete`. */
export type LifecycleState = SweepState | "archived";
export const lifecycleStates: readonly LifecycleState[] = [...sweepStates, "archived"];

const none: VerbRule = { effect: "none" };
const refuse = (refused: string, fix: string): VerbRule => ({ refused, fix });

const ended = refuse("it has ended", "Nothing is left to do; `extend` adds trials.");
const endedUnfinished = refuse("it has ended", "`retry` takes up the trials that have no result.");
const stopping = refuse("it is stopping", "Wait until it has stopped, then `retry`, or `cancel` it now.");
const archived = refuse("it is archived", "`unarchive` it first.");
const active = refuse("it has not ended", "`cancel` it first, or wait.");
const unfinished = refuse("some of its trials were cancelled", "`retry` takes them up again; then it can be extended.");

/** The state table: for every verb, what it does in every state. */
export const verbTable: Readonly<Record<SweepVerb, Readonly<Record<LifecycleState, VerbRule>>>> = {
  pause: {
    running: { effect: "pause" },
    paused: none,
    stopping,
    completed: ended,
    failed: endedUnfinished,
    stopped: endedUnfinished,
    cancelled: endedUnfinished,
    archived,
  },
  resume: {
    running: none,
    paused: { effect: "resume" },
    stopping,
    completed: ended,
    failed: endedUnfinished,
    stopped: endedUnfinished,
    cancelled: endedUnfinished,
    archived,
  },
  stop: {
    running: { effect: "stop" },
    paused: { effect: "stop" },
    stopping: none,
    completed: ended,
    failed: endedUnfinished,
    stopped: none,
    cancelled: endedUnfinished,
    archived,
  },
  cancel: {
    running: { effect: "cancel" },
    paused: { effect: "cancel" },
    stopping: { effect: "cancel" },
    completed: ended,
    failed: endedUnfinished,
    stopped: endedUnfinished,
    cancelled: none,
    archived,
  },
  retry: {
    running: { effect: "retry" },
    paused: { effect: "retry" },
    stopping,
    completed: none,
    failed: { effect: "retry" },
    stopped: { effect: "retry" },
    cancelled: { effect: "retry" },
    archived,
  },
  extend: {
    running: { effect: "extend" },
    paused: { effect: "extend" },
    stopping,
    completed: { effect: "extend" },
    failed: { effect: "extend" },
    stopped: unfinished,
    cancelled: unfinished,
    archived,
  },
  archive: {
    running: active,
    paused: active,
    stopping: active,
    completed: { effect: "archive" },
    failed: { effect: "archive" },
    stopped: { effect: "archive" },
    cancelled: { effect: "archive" },
    archived: none,
  },
  unarchive: {
    running: none,
    paused: none,
    stopping: none,
    completed: none,
    failed: none,
    stopped: none,
    cancelled: none,
    archived: { effect: "unarchive" },
  },
  delete: {
    running: active,
    paused: active,
    stopping: active,
    completed: { effect: "delete" },
    failed: { effect: "delete" },
    stopped: { effect: "delete" },
    cancelled: { effect: "delete" },
    archived: { effect: "delete" },
  },
};

/** Where verbs see a sweep: one that was archived and goes on again counts as what it is. */
export function lifecycleStateOf(state: SweepState, isArchived: boolean): LifecycleState {
  return isArchived && isTerminalSweepState(state) ? "archived" : state;
}

/** Verbs that do something to a sweep in this state: what a person should be offered. */
export function offeredVerbs(state: SweepState, isArchived: boolean): SweepVerb[] {
  return sweepVerbs.filter((verb) => {
    const rule = verbTable[verb][lifecycleStateOf(state, isArchived)];
    return "effect" in rule && rule.effect !== "none";
  });
}

/** Verbs that are refused in this state, why, and what to do instead. A verb that would change nothing is none of them. */
export function refusedVerbs(
  state: SweepState,
  isArchived: boolean,
): { verb: SweepVerb; reason: string; fix: string }[] {
  return sweepVerbs.flatMap((verb) => {
    const rule = verbTable[verb][lifecycleStateOf(state, isArchived)];
    return "refused" in rule ? [{ verb, reason: rule.refused, fix: rule.fix }] : [];
  });
}
