import type { SweepSummary } from "@smoothsweep/contracts";
import { Link } from "@tanstack/react-router";
import { formatCount, formatCounted } from "../../format/formatCount.ts";
import { Age } from "../../ui/Age.tsx";
import { StatePill } from "../../ui/StatePill.tsx";
import { TrialProgress } from "../../ui/TrialProgress.tsx";

/** Props of {@link SweepRow}. */
export interface SweepRowProps {
  sweep: SweepSummary;
  nowMs: number;
}

/** One sweep of the list. The whole row leads to its page. */
export function SweepRow({ sweep, nowMs }: SweepRowProps) {
  const { counts } = sweep;
  const engines = [...new Set(sweep.engines.map((engine) => engine.name))].join(", ");
  return (
    <li className="sweep-row" data-testid="sweep-row" data-sweep-id={sweep.id}>
      <div className="sweep-row-name">
        <Link to="/sweeps/$sweepId" params={{ sweepId: sweep.id }}>
          {sweep.name}
        </Link>
        {sweep.description !== "" && <p>{sweep.description}</p>}
      </div>
      <StatePill state={sweep.state} testId="sweep-state" />
      <div className="sweep-row-progress">
        <TrialProgress
          counts={counts}
          progress={sweep.progress}
          isRunning={sweep.state === "running"}
          note={`${formatCount(counts.asked)} asked`}
        />
        {counts.failed > 0 && <p className="sweep-row-failed">{formatCounted(counts.failed, "trial")} failed</p>}
      </div>
      <dl className="sweep-row-facts">
        <div>
          <dt>dataset</dt>
          <dd>{sweep.dataset}</dd>
        </div>
        <div>
          <dt>engine</dt>
          <dd>{engines === "" ? "–" : engines}</dd>
        </div>
        <div>
          <dt>created</dt>
          <dd>
            <Age at={sweep.createdAt} nowMs={nowMs} />
          </dd>
        </div>
      </dl>
    </li>
  );
}
