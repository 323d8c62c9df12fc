import type { GridTrial } from "./model/gridLayout.ts";
import { trialOrigins } from "./model/origins.ts";

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
  const [origin] = trialOrigins(trial);
  const said = [...(isEquivalent ? ["equivalent"] : []), state, ...(origin === undefined ? [] : [origin.text])];
  const label = `${cellName} · seed ${trial.seed} · ${said.join(", ")}`;
  return (
    <button
      type="button"
      className="trial-square"
      data-testid="trial-square"
      data-state={state}
      data-equivalent={isEquivalent}
      data-origin={origin?.kind}
      data-trial-id={trial.id}
      aria-label={label}
      aria-expanded={isOpen}
      title={label}
      onClick={() => onOpen(trial.id)}
    />
  );
}
