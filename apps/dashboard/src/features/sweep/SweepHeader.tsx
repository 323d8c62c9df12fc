import type { AuditCounts, SweepDetail } from "@smoothsweep/contracts";
import { formatCount, formatCounted } from "../../format/formatCount.ts";
import { formatDuration } from "../../format/formatDuration.ts";
import { Age } from "../../ui/Age.tsx";
import { StatePill } from "../../ui/StatePill.tsx";
import { TrialProgress } from "../../ui/TrialProgress.tsx";
import { useNow } from "../../ui/useNow.ts";
import type { StreamStatus } from "./live/useSweepStream.ts";
import { SweepVerbs } from "./verbs/SweepVerbs.tsx";

/** Props of {@link SweepHeader}. */
export interface SweepHeaderProps {
  sweep: SweepDetail;
  stream: StreamStatus;
  onDeleted: () => void;
}

/** Name, state, progress and where the numbers come from. */
export function SweepHeader({ sweep, stream, onDeleted }: SweepHeaderProps) {
  const nowMs = useNow();
  const isRunning = sweep.state === "running";
  return (
    <header className="sweep-header">
      <div className="sweep-title">
        <h1>{sweep.name}</h1>
        <StatePill state={sweep.state} testId="sweep-state" />
        {sweep.archivedAt !== null && <span className="muted">archived</span>}
        {isRunning && <StreamBadge status={stream} />}
      </div>
      {sweep.description !== "" && <p className="sweep-description">{sweep.description}</p>}
      <TrialProgress counts={sweep.counts} progress={sweep.progress} isRunning={isRunning} />
      <StateCounts sweep={sweep} />
      <SweepVerbs sweep={sweep} onDeleted={onDeleted} />
      <dl className="facts">
        <Fact name="dataset">{sweep.dataset}</Fact>
        <Fact name="snapshot" title={sweep.snapshot.id}>
          <code>{shortHash(sweep.snapshot.id)}</code>
        </Fact>
        <Fact name="rows" title="train / validation / test">
          {[sweep.spec.data.train, sweep.spec.data.validation, sweep.spec.data.test].map(formatCount).join(" / ")}
        </Fact>
        <Fact name={sweep.engines.length > 1 ? "engines" : "engine"}>{describeEngines(sweep)}</Fact>
        {sweep.reused > 0 && <Fact name="reused">{formatCounted(sweep.reused, "result")} of other sweeps</Fact>}
        <AuditFact audits={sweep.audits} />
        <Fact name="created">
          <Age at={sweep.createdAt} nowMs={nowMs} />
        </Fact>
        <Fact name={sweep.endedAt === null ? "running for" : "took"}>{elapsed(sweep, nowMs)}</Fact>
      </dl>
    </header>
  );
}

function Fact({ name, title, children }: { name: string; title?: string; children: React.ReactNode }) {
  return (
    <div title={title}>
      <dt>{name}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** The reproduction audit: how many trials were trained again, and whether they came to the same. */
function AuditFact({ audits: { identical, close, different } }: { audits: AuditCounts }) {
  const repeated = identical + close + different;
  if (repeated === 0) return null;
  const title = `${identical} identical bit for bit, ${close} close on another engine, ${different} different`;
  return (
    <Fact name="reproduced" title={title}>
      <span className={different > 0 ? "failed-text" : undefined}>
        {formatCount(identical + close)} of {formatCount(repeated)}
      </span>
    </Fact>
  );
}

function StateCounts({ sweep: { counts } }: { sweep: SweepDetail }) {
  const merged = counts.asked - counts.distinct;
  const others = (["running", "pending", "failed", "cancelled"] as const).filter((state) => counts[state] > 0);
  return (
    <p className="state-counts" data-testid="state-counts">
      <span data-testid="asked-note">
        {formatCount(counts.asked)} asked, {formatCount(counts.distinct)} trained
        {merged > 0 && `: ${formatCount(merged)} merged as equivalent`}
      </span>
      {others.map((state) => (
        <span key={state} className={state === "failed" ? "failed-text" : undefined}>
          {formatCount(counts[state])} {state}
        </span>
      ))}
    </p>
  );
}

const streamTexts: Readonly<Record<StreamStatus, string>> = {
  idle: "connecting",
  connecting: "connecting",
  live: "live",
  reconnecting: "reconnecting",
  broken: "not live: reload the page",
};

function StreamBadge({ status }: { status: StreamStatus }) {
  return (
    <span className="stream-badge" data-status={status} role="status">
      {streamTexts[status]}
    </span>
  );
}

/** The first characters of a hash, without the name of its algorithm. */
function shortHash(id: string): string {
  return id.slice(id.indexOf(":") + 1).slice(0, 12);
}

function describeEngines({ engines }: SweepDetail): string {
  if (engines.length === 0) return "no result yet";
  return engines
    .map(({ name, version, threads }) => `${name} ${version}, ${formatCounted(threads, "thread")}`)
    .join("; ");
}

function elapsed({ startedAt, endedAt }: SweepDetail, nowMs: number): string {
  if (startedAt === null) return "not started";
  const endMs = endedAt === null ? nowMs : Date.parse(endedAt);
  return formatDuration((endMs - Date.parse(startedAt)) / 1000);
}
