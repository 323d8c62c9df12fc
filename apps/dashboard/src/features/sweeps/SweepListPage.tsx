import { Link } from "@tanstack/react-router";
import { useSweepList } from "../../api/queries.ts";
import { formatCounted } from "../../format/formatCount.ts";
import { ErrorNotice } from "../../ui/ErrorNotice.tsx";
import { useNow } from "../../ui/useNow.ts";
import { NoSweepsNotice } from "./NoSweepsNotice.tsx";
import { SweepRow } from "./SweepRow.tsx";

/** Every sweep, newest first, kept up to date while one runs; archived ones on a page of their own. */
export function SweepListPage({ isArchived }: { isArchived: boolean }) {
  const list = useSweepList({ isArchived });
  const nowMs = useNow();
  const sweeps = list.data?.pages.flatMap((page) => page.items);
  const running = sweeps?.filter((sweep) => sweep.state === "running").length ?? 0;
  return (
    <>
      <title>{`${isArchived ? "Archived sweeps" : "Sweeps"} · smoothsweep`}</title>
      <div className="page-head">
        <h1>{isArchived ? "Archived sweeps" : "Sweeps"}</h1>
        {sweeps !== undefined && sweeps.length > 0 && (
          <p className="page-note">
            {formatCounted(sweeps.length, "sweep")}
            {list.hasNextPage && " so far"}
            {!isArchived && `, ${running} running`}
          </p>
        )}
        <Link to="/" search={isArchived ? {} : { archived: true }} className="page-switch">
          {isArchived ? "Sweeps that are not archived" : "Archived sweeps"}
        </Link>
      </div>
      {list.error !== null && <ErrorNotice error={list.error} what="the list" onRetry={() => void list.refetch()} />}
      {list.isPending && <p className="loading">Reading sweeps …</p>}
      {sweeps?.length === 0 && (isArchived ? <p className="loading">No sweep is archived.</p> : <NoSweepsNotice />)}
      {sweeps !== undefined && sweeps.length > 0 && (
        <ul className="sweep-list" data-testid="sweep-list">
          {sweeps.map((sweep) => (
            <SweepRow key={sweep.id} sweep={sweep} nowMs={nowMs} />
          ))}
        </ul>
      )}
      {list.hasNextPage && (
        <button type="button" onClick={() => void list.fetchNextPage()} disabled={list.isFetchingNextPage}>
          Show older sweeps
        </button>
      )}
    </>
  );
}
