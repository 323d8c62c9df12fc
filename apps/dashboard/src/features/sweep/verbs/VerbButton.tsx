import type { SweepVerb } from "@smoothsweep/contracts";
import { useId } from "react";
import type { VerbChoice } from "./verbChoices.ts";

/** Props of {@link VerbButton}. */
export interface VerbButtonProps {
  choice: VerbChoice;
  /** Another change is on its way. */
  isBusy: boolean;
  onChoose: (verb: SweepVerb) => void;
  onRefused: (choice: VerbChoice) => void;
}

/** Verbs that open a dialog before anything happens. */
const withDialog: ReadonlySet<SweepVerb> = new Set(["cancel", "extend", "delete"]);

/**
 * One verb. When it is refused it can still be reached, by keyboard and by touch, and says why: as its description, on
 * hovering, and when it is pressed.
 */
export function VerbButton({ choice, isBusy, onChoose, onRefused }: VerbButtonProps) {
  const { verb, refusal } = choice;
  const id = useId();
  return (
    <>
      <button
        type="button"
        data-testid={`verb-${verb}`}
        aria-disabled={refusal !== undefined || isBusy}
        aria-describedby={refusal === undefined ? undefined : id}
        aria-haspopup={withDialog.has(verb) ? "dialog" : undefined}
        title={refusal}
        onClick={() => {
          if (refusal !== undefined) onRefused(choice);
          else if (!isBusy) onChoose(verb);
        }}
      >
        {verb}
        {withDialog.has(verb) && <span aria-hidden="true"> …</span>}
      </button>
      {refusal !== undefined && (
        <span id={id} className="visually-hidden">
          {refusal}
        </span>
      )}
    </>
  );
}
