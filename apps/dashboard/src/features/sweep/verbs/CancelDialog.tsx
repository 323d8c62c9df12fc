import type { TrialCounts } from "@smoothsweep/contracts";
import { useState } from "react";
import { formatCount, formatCounted } from "../../../format/formatCount.ts";
import { ModalDialog } from "../../../ui/ModalDialog.tsx";

/** Props of {@link CancelDialog}. */
export interface CancelDialogProps {
  counts: TrialCounts;
  onClose: () => void;
  onConfirm: () => void;
}

/** Asks before work is thrown away, and says how much. */
export function CancelDialog({ counts, onClose, onConfirm }: CancelDialogProps) {
  const [isSent, setIsSent] = useState(false);
  const { pending, running } = counts;
  return (
    <ModalDialog title="Cancel the sweep?" onClose={onClose} testId="cancel-dialog">
      <p>
        This ends {formatCounted(pending + running, "trial")} without a result
        {running > 0 && `, ${formatCount(running)} of them in training`}. Results are kept, and retry takes the others
        up again.
      </p>
      <div className="modal-actions">
        <button type="button" onClick={onClose}>
          Keep it
        </button>
        <button
          type="button"
          className="danger"
          aria-disabled={isSent}
          onClick={() => {
            if (isSent) return;
            setIsSent(true);
            onConfirm();
          }}
        >
          Cancel the sweep
        </button>
      </div>
    </ModalDialog>
  );
}
