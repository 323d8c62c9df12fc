import type { TrialDetail } from "@smoothsweep/contracts";
import { formatCounted } from "../../format/formatCount.ts";
import { formatDuration } from "../../format/formatDuration.ts";
import { OriginBadges } from "../../ui/OriginBadges.tsx";
import { StatePill } from "../../ui/StatePill.tsx";
import { trialOrigins } from "../sweep/model/origins.ts";
import { EpochCurves } from "./EpochCurves.tsx";
import { TrialMetricsTable } from "./TrialMetricsTable.tsx";

/** Props of {@link TrialContent}. */
export interface TrialContentProps {
  trial: TrialDetail;
  epochs: number;
  onOpenTrial: (trialId: string) => void;
}

/** What is known of one trial: plan, result or failure, curves, provenance. */
export function TrialContent({ trial, epochs, onOpenTrial }: TrialContentProps) {
  const { plan, representativeId, failure, metrics } = trial;
  const origins = trialOrigins(trial);
  return (
    <>
      <header className="drawer-head">
        <p className="muted">
          Trial <code>{trial.id}</code>
        </p>
        <h2>
          ε {plan.epsilon} · {plan.convention} · {plan.strategy}
        </h2>
        <p className="drawer-state">
          <StatePill state={trial.state} testId="trial-state" /> seed {trial.seed}
          <OriginBadges origins={origins} />
        </p>
      </header>
      {origins.map(({ kind, about }) => (
        <p key={kind} className="equivalent" data-testid="trial-origin">
          {about}.{" "}
          {trial.reusedFrom !== null && (
            <button type="button" className="link" onClick={() => onOpenTrial(trial.reusedFrom as string)}>
              Show that trial
            </button>
          )}
        </p>
      ))}
      {failure !== null && (
        <section className="failure" data-state={trial.state} data-testid="trial-failure">
          <h3>
            <code>{failure.code}</code>
          </h3>
          <p>{failure.message}</p>
        </section>
      )}
      {representativeId !== null && (
        <p className="equivalent">
          Equivalent: the loss sees the same targets as in{" "}
          <button type="button" className="link" onClick={() => onOpenTrial(representativeId)}>
            the trial that is trained for it
          </button>
          .
        </p>
      )}
      <section>
        <h3>Target plan</h3>
        <p>{plan.explanation}</p>
        <p className="muted">
          canonical ε {plan.canonicalEpsilon === null ? "none" : Number(plan.canonicalEpsilon.toFixed(4))} · row sum{" "}
          {Number(plan.rowSum.toFixed(4))}
        </p>
      </section>
      {metrics !== null && <TrialMetricsTable metrics={metrics} />}
      <EpochCurves reports={trial.reports} epochs={epochs} />
      <TrialFacts trial={trial} />
    </>
  );
}

function TrialFacts({ trial }: { trial: TrialDetail }) {
  const { engine, seconds, attempts, provenance } = trial;
  return (
    <section>
      <h3>Execution</h3>
      <dl className="facts">
        <div>
          <dt>attempts</dt>
          <dd>{formatCounted(attempts, "attempt")}</dd>
        </div>
        <div>
          <dt>engine</dt>
          <dd>{engine === null ? "–" : `${engine.name} ${engine.version}, ${engine.device}`}</dd>
        </div>
        <div>
          <dt>took</dt>
          <dd>{seconds === null ? "–" : seconds < 10 ? `${seconds.toFixed(1)} s` : formatDuration(seconds)}</dd>
        </div>
      </dl>
      {provenance !== null && (
        <details>
          <summary>Provenance</summary>
          <pre>{JSON.stringify(provenance, null, 2)}</pre>
        </details>
      )}
    </section>
  );
}
