import { useEffect, useRef } from "react";
import { useTrial } from "../../api/queries.ts";
import { ErrorNotice } from "../../ui/ErrorNotice.tsx";
import { TrialContent } from "./TrialContent.tsx";

/** Props of {@link TrialDrawer}. */
export interface TrialDrawerProps {
  trialId: string;
  /** Epochs of the sweep's training; undefined until it is known. */
  epochs: number | undefined;
  onOpenTrial: (trialId: string) => void;
  onClose: () => void;
}

/** One trial beside the sweep's page. Escape closes it, and the focus goes back to where it was. */
export function TrialDrawer({ trialId, epochs, onOpenTrial, onClose }: TrialDrawerProps) {
  const { data: trial, error, refetch } = useTrial(trialId);
  const closeButton = useFocusWhileOpen();
  useEffect(() => {
    const closeOnEscape = (event: KeyboardEvent) => {
      if (event.key === "Escape") onClose();
    };
    window.addEventListener("keydown", closeOnEscape);
    return () => window.removeEventListener("keydown", closeOnEscape);
  }, [onClose]);
  return (
    <aside className="drawer" aria-label="Trial" data-testid="trial-drawer">
      <button type="button" className="drawer-close" ref={closeButton} onClick={onClose} aria-label="Close the trial">
        ×
      </button>
      {error !== null && <ErrorNotice error={error} what="the trial" onRetry={() => void refetch()} />}
      {error === null && trial === undefined && <p className="loading">Reading the trial …</p>}
      {error === null && trial !== undefined && (
        <TrialContent trial={trial} epochs={epochs ?? trial.reports.length} onOpenTrial={onOpenTrial} />
      )}
    </aside>
  );
}

function useFocusWhileOpen() {
  const button = useRef<HTMLButtonElement>(null);
  useEffect(() => {
    const before = document.activeElement;
    button.current?.focus({ preventScroll: true });
    return () => {
      if (before instanceof HTMLElement) before.focus({ preventScroll: true });
    };
  }, []);
  return button;
}
