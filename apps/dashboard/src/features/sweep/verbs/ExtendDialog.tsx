import type { SweepDetail } from "@smoothsweep/contracts";
import { useMutation, useQueryClient } from "@tanstack/react-query";
import { type FormEvent, useId, useState } from "react";
import { useApi } from "../../../api/ApiContext.ts";
import { ModalDialog } from "../../../ui/ModalDialog.tsx";
import { ExtensionForecast } from "./ExtensionForecast.tsx";
import { useExtensionForecast, type WrittenExtension } from "./useExtensionForecast.ts";

/** Props of {@link ExtendDialog}. */
export interface ExtendDialogProps {
  sweep: SweepDetail;
  onClose: () => void;
}

/** More seeds, or more values of the sweep's axes; says what that makes, or why it is refused, before it is sent. */
export function ExtendDialog({ sweep, onClose }: ExtendDialogProps) {
  const api = useApi();
  const queries = useQueryClient();
  const axes = Object.entries(sweep.spec.axes);
  const [written, setWritten] = useState<WrittenExtension>({ seeds: "", axes: {} });
  const forecast = useExtensionForecast(sweep.id, written);
  const extension = useMutation({
    mutationFn: (asked: NonNullable<typeof forecast.extension>) => api.extendSweep(sweep.id, asked),
    onSuccess: onClose,
    onSettled: () => queries.invalidateQueries(),
  });
  const isReady = forecast.isFresh && (forecast.data?.added ?? 0) > 0 && !extension.isPending;
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (isReady && forecast.extension !== undefined) extension.mutate(forecast.extension);
  };
  const change = (next: WrittenExtension) => {
    extension.reset();
    setWritten(next);
  };
  return (
    <ModalDialog title="Extend the sweep" onClose={onClose} testId="extend-dialog">
      <p className="muted">Results are kept; what the sweep has already is skipped. Write lists with commas.</p>
      <form className="extend-form" onSubmit={submit}>
        <ListField
          label="More seeds"
          present={sweep.spec.seeds}
          value={written.seeds}
          onChange={(seeds) => change({ ...written, seeds })}
        />
        {axes.map(([path, values]) => (
          <ListField
            key={path}
            label={`More values of ${path}`}
            present={values}
            value={written.axes[path] ?? ""}
            onChange={(text) => change({ ...written, axes: { ...written.axes, [path]: text } })}
          />
        ))}
        <ExtensionForecast forecast={forecast} error={extension.error ?? forecast.error} />
        <div className="modal-actions">
          <button type="button" onClick={onClose}>
            Leave it as it is
          </button>
          <button type="submit" className="primary" aria-disabled={!isReady}>
            Extend
          </button>
        </div>
      </form>
    </ModalDialog>
  );
}

interface ListFieldProps {
  label: string;
  /** What the sweep has already. */
  present: readonly unknown[];
  value: string;
  onChange: (text: string) => void;
}

/** Values told before the rest is cut off. */
const presentShownMax = 12;

function ListField({ label, present, value, onChange }: ListFieldProps) {
  const id = useId();
  const shown = present.slice(0, presentShownMax).join(", ");
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        value={value}
        autoComplete="off"
        aria-describedby={`${id}-present`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-present`} className="field-hint">
        has {shown}
        {present.length > presentShownMax && ` and ${present.length - presentShownMax} more`}
      </p>
    </div>
  );
}
