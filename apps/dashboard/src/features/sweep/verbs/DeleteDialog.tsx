import type { DeletionAnswer } from "@smoothsweep/contracts";
import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { useApi } from "../../../api/ApiContext.ts";
import { queryKeys } from "../../../api/queryKeys.ts";
import { formatBytes } from "../../../format/formatBytes.ts";
import { formatCounted } from "../../../format/formatCount.ts";
import { ModalDialog } from "../../../ui/ModalDialog.tsx";
import { ProblemText } from "../../../ui/ProblemText.tsx";

/** Props of {@link DeleteDialog}. */
export interface DeleteDialogProps {
  sweepId: string;
  onClose: () => void;
  onDeleted: () => void;
}

/**
 * Shows what would go, and deletes it when that is confirmed. The token is that of what was shown: when the sweep has
 * changed since, the API refuses it and what would go now is shown.
 */
export function DeleteDialog({ sweepId, onClose, onDeleted }: DeleteDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const preview = useQuery({
    queryKey: queryKeys.deletion(sweepId),
    queryFn: ({ signal }) => api.previewDeletion(sweepId, { signal }),
    gcTime: 0,
  });
  const deletion = useMutation({
    mutationFn: (confirm: string) => api.deleteSweep(sweepId, confirm),
    onSuccess: async () => {
      onDeleted();
      queries.removeQueries({ queryKey: queryKeys.sweep(sweepId) });
      await queries.invalidateQueries({ queryKey: queryKeys.sweepList });
    },
    onError: () => queries.invalidateQueries(),
  });
  const error = deletion.error ?? preview.error;
  const isReady = preview.data !== undefined && !preview.isFetching && !deletion.isPending;
  return (
    <ModalDialog title="Delete the sweep for good?" onClose={onClose} testId="delete-dialog">
      {preview.data === undefined ? <p>Reading what would go …</p> : <Losses preview={preview.data} />}
      {error !== null && <ProblemText error={error} />}
      <div className="modal-actions">
        <button type="button" onClick={onClose}>
          Keep it
        </button>
        <button
          type="button"
          className="danger"
          aria-disabled={!isReady}
          onClick={() => isReady && deletion.mutate(preview.data.confirm)}
        >
          Delete for good
        </button>
      </div>
    </ModalDialog>
  );
}

function Losses({ preview }: { preview: DeletionAnswer }) {
  const { name, trials, results, predictionBytes, reusedElsewhere } = preview;
  return (
    <>
      <p>
        <strong>{name}</strong> has {formatCounted(trials, "trial")}, {formatCounted(results, "result")} and{" "}
        {formatBytes(predictionBytes)} of predictions. None of it can be brought back.
      </p>
      {reusedElsewhere > 0 && (
        <p>{formatCounted(reusedElsewhere, "result")} that other sweeps took over from it stay with them.</p>
      )}
    </>
  );
}
