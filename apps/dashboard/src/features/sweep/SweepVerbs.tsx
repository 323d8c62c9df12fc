import type { PlainVerb } from "@smoothsweep/client";
import type { SweepDetail, SweepVerb } from "@smoothsweep/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useApi } from "../../api/ApiContext.ts";
import { formatCounted } from "../../format/formatCount.ts";
import { ErrorNotice } from "../../ui/ErrorNotice.tsx";

/** Verbs that throw away work: asked about before they are done. */
const asked: ReadonlySet<SweepVerb> = new Set(["cancel", "delete"]);

/** What can be done with the sweep now, as the API says; extending is for the command line and the API. */
export function SweepVerbs({ sweep }: { sweep: SweepDetail }) {
  const api = useApi();
  const queries = useQueryClient();
  const [asking, setAsking] = useState<SweepVerb>();
  const action = useMutation({
    mutationFn: async (verb: SweepVerb) => {
      if (verb !== "delete") return void (await api.changeSweep(sweep.id, verb as PlainVerb));
      const { confirm } = await api.previewDeletion(sweep.id);
      await api.deleteSweep(sweep.id, confirm);
    },
    onSettled: async () => {
      setAsking(undefined);
      await queries.invalidateQueries();
    },
  });
  const begin = (verb: SweepVerb) => (asked.has(verb) ? setAsking(verb) : action.mutate(verb));
  const verbs = sweep.verbs.filter((verb) => verb !== "extend");
  if (verbs.length === 0) return null;
  return (
    <div className="sweep-verbs" data-testid="sweep-verbs">
      {asking === undefined ? (
        verbs.map((verb) => (
          <button key={verb} type="button" disabled={action.isPending} onClick={() => begin(verb)}>
            {verb}
          </button>
        ))
      ) : (
        <VerbQuestion
          verb={asking}
          sweep={sweep}
          isPending={action.isPending}
          onAnswer={(isYes) => (isYes ? action.mutate(asking) : setAsking(undefined))}
        />
      )}
      {action.error !== null && <ErrorNotice error={action.error} what="the change" onRetry={action.reset} />}
    </div>
  );
}

/** Props of {@link VerbQuestion}. */
export interface VerbQuestionProps {
  verb: SweepVerb;
  sweep: Pick<SweepDetail, "counts">;
  isPending: boolean;
  onAnswer: (isYes: boolean) => void;
}

/** Says what would be lost, and asks. */
export function VerbQuestion({ verb, sweep: { counts }, isPending, onAnswer }: VerbQuestionProps) {
  const open = counts.pending + counts.running;
  const loss =
    verb === "delete"
      ? `Delete ${formatCounted(counts.asked, "trial")} and all results for good?`
      : `Cancel ${formatCounted(open, "trial")}? Those that run are aborted.`;
  return (
    <span role="alertdialog" aria-label={loss}>
      <span>{loss} </span>
      <button type="button" disabled={isPending} onClick={() => onAnswer(true)}>
        {verb}
      </button>{" "}
      <button type="button" disabled={isPending} onClick={() => onAnswer(false)}>
        keep
      </button>
    </span>
  );
}
