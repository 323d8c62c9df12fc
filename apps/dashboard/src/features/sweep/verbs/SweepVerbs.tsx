import type { SweepDetail, SweepVerb } from "@smoothsweep/contracts";
import { useState } from "react";
import { Notice } from "../../../ui/Notice.tsx";
import { ProblemText } from "../../../ui/ProblemText.tsx";
import { CancelDialog } from "./CancelDialog.tsx";
import { DeleteDialog } from "./DeleteDialog.tsx";
import { ExtendDialog } from "./ExtendDialog.tsx";
import { useSweepVerb } from "./useSweepVerb.ts";
import { VerbButton } from "./VerbButton.tsx";
import { type VerbChoice, verbChoices } from "./verbChoices.ts";

/** Props of {@link SweepVerbs}. */
export interface SweepVerbsProps {
  sweep: SweepDetail;
  /** The sweep is no more. */
  onDeleted: () => void;
}

/** What can be done with the sweep now, as the API says, and why not the rest. */
export function SweepVerbs({ sweep, onDeleted }: SweepVerbsProps) {
  const { mutate, isPending, error, reset } = useSweepVerb(sweep.id);
  const [dialog, setDialog] = useState<SweepVerb>();
  const [refused, setRefused] = useState<VerbChoice>();
  const choices = verbChoices(sweep);
  // What was asked about may be allowed by now.
  const explained = choices.find(({ verb, refusal }) => verb === refused?.verb && refusal !== undefined);
  const choose = (verb: SweepVerb) => {
    setRefused(undefined);
    reset();
    if (verb === "cancel" || verb === "extend" || verb === "delete") setDialog(verb);
    else mutate(verb);
  };
  const close = () => setDialog(undefined);
  return (
    <div className="sweep-verbs">
      <fieldset className="verb-buttons" aria-label="Change the sweep" data-testid="sweep-verbs">
        {choices.map((choice) => (
          <VerbButton key={choice.verb} choice={choice} isBusy={isPending} onChoose={choose} onRefused={setRefused} />
        ))}
      </fieldset>
      <p className="verb-reason" role="status" data-testid="verb-reason">
        {explained !== undefined && `${explained.verb}: ${explained.refusal}`}
      </p>
      {error !== null && (
        <Notice title="The sweep was not changed" tone="error" testId="verb-problem">
          <ProblemText error={error} />
          <button type="button" onClick={reset}>
            Close
          </button>
        </Notice>
      )}
      {dialog === "cancel" && (
        <CancelDialog counts={sweep.counts} onClose={close} onConfirm={() => mutate("cancel", { onSettled: close })} />
      )}
      {dialog === "extend" && <ExtendDialog sweep={sweep} onClose={close} />}
      {dialog === "delete" && <DeleteDialog sweepId={sweep.id} onClose={close} onDeleted={onDeleted} />}
    </div>
  );
}
