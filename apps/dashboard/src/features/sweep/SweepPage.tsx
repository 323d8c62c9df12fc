import { Link } from "@tanstack/react-router";
import { useSweepDetail } from "../../api/queries.ts";
import { ErrorNotice } from "../../ui/ErrorNotice.tsx";
import { TrialDrawer } from "../trial/TrialDrawer.tsx";
import { useSweepStream } from "./live/useSweepStream.ts";
import { SpecificationDetails } from "./SpecificationDetails.tsx";
import { SweepCells } from "./SweepCells.tsx";
import { SweepHeader } from "./SweepHeader.tsx";
import type { ChangeSearch, SweepSearch } from "./sweepSearch.ts";

/** Props of {@link SweepPage}. */
export interface SweepPageProps {
  sweepId: string;
  search: SweepSearch;
  onSearch: ChangeSearch;
  /** The sweep was deleted here. */
  onDeleted: () => void;
}

/** One sweep: how far it is, its cells, and accuracy against calibration, while trials arrive. */
export function SweepPage({ sweepId, search, onSearch, onDeleted }: SweepPageProps) {
  const { data: sweep, error, isPending, refetch } = useSweepDetail(sweepId);
  const stream = useSweepStream(sweepId, sweep);
  return (
    <>
      <title>{`${sweep?.name ?? "Sweep"} · smoothsweep`}</title>
      <nav className="breadcrumb" aria-label="Breadcrumb">
        <Link to="/">
          <span aria-hidden="true">← </span>Sweeps
        </Link>
      </nav>
      {isPending && <p className="loading">Reading the sweep …</p>}
      {error !== null && <ErrorNotice error={error} what="the sweep" onRetry={() => void refetch()} />}
      {sweep !== undefined && (
        <>
          <SweepHeader sweep={sweep} stream={stream} onDeleted={onDeleted} />
          <SweepCells sweep={sweep} search={search} onSearch={onSearch} />
          <SpecificationDetails sweep={sweep} />
        </>
      )}
      {search.trial !== undefined && (
        <TrialDrawer
          trialId={search.trial}
          epochs={sweep?.spec.training.epochs}
          onOpenTrial={(trial) => onSearch({ trial })}
          onClose={() => onSearch({ trial: undefined })}
        />
      )}
    </>
  );
}
