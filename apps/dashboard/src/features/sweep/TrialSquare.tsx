import type { GridTrial } from "./model/gridLayout.ts";

/** Props of {@link TrialSquare}. */
export interface TrialSquareProps {
  gridTrial: GridTrial;
  cellName: string;
  isOpen: boolean;
  onOpen: (trialId: string) => void;
}

/** One trial: its state in a color and a mark, an equivalent with a dashed edge. */
export function TrialSquare({ gridTrial, cellName, isOpen, onOpen }: TrialSquareProps) {
  const { trial, state, isEquivalent } = gridTrial;
  const label = `${cellName} · seed ${trial.seed} · ${isEquivalent ? "equivalent, " : ""}${state}`;
  return (
    <button
      type="button"
      className="trial-square"
      data-testid="trial-square"
      data-state={state}
      data-equivalent={isEquivalent}
      data-trial-id={trial.id}
      aria-label={label}
      aria-expanded={isOpen}
      title={label}
      onClick={() => onOpen(trial.id)}
    />
  );
}
