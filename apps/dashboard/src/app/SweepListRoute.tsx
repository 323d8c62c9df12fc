import { getRouteApi } from "@tanstack/react-router";
import { SweepListPage } from "../features/sweeps/SweepListPage.tsx";

const route = getRouteApi("/");

/** The list with its address, which tells whether archived sweeps are shown. */
export function SweepListRoute() {
  const { archived = false } = route.useSearch();
  return <SweepListPage isArchived={archived} />;
}
