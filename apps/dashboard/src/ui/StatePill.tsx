import type { SweepState, TrialState } from "@smoothsweep/contracts";

/** A mark beside the color, so that states are told apart without it. */
export const stateMarks: Readonly<Record<TrialState | SweepState, string>> = {
  pending: "",
  running: "▸",
  paused: "‖",
  stopping: "◂",
  completed: "✓",
  failed: "×",
  stopped: "■",
  cancelled: "–",
};

/** Props of {@link StatePill}. */
export interface StatePillProps {
  state: TrialState | SweepState;
  testId?: string;
}

/** A state in a word, a color and a mark. */
export function StatePill({ state, testId }: StatePillProps) {
  return (
    <span className="state-pill" data-state={state} data-testid={testId}>
      <span className="state-mark" aria-hidden="true">
        {stateMarks[state]}
      </span>
      {state}
    </span>
  );
}
