import { getRouteApi } from "@tanstack/react-router";
import { SweepPage } from "../features/sweep/SweepPage.tsx";
import type { ChangeSearch } from "../features/sweep/sweepSearch.ts";

const route = getRouteApi("/sweeps/$sweepId");

/** The sweep's page with its address: what is selected, sorted and open is in the address bar. */
export function SweepRoute() {
  const { sweepId } = route.useParams();
  const search = route.useSearch();
  const navigate = route.useNavigate();
  const changeSearch: ChangeSearch = (change) => {
    // Opening a trial can be undone with the browser's back button; how one looks at the sweep is no step of its own.
    const replace = !("trial" in change);
    void navigate({ search: (before) => ({ ...before, ...change }), replace, resetScroll: false });
  };
  const showList = () => void navigate({ to: "/" });
  return <SweepPage key={sweepId} sweepId={sweepId} search={search} onSearch={changeSearch} onDeleted={showList} />;
}
