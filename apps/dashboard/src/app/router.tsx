import { createRootRoute, createRoute, createRouter, lazyRouteComponent } from "@tanstack/react-router";
import { readSweepSearch } from "../features/sweep/sweepSearch.ts";
import { AppShell } from "./AppShell.tsx";
import { NotFoundPage } from "./NotFoundPage.tsx";
import { SweepListRoute } from "./SweepListRoute.tsx";

const rootRoute = createRootRoute({ component: AppShell, notFoundComponent: NotFoundPage });

const sweepListRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/",
  validateSearch: (raw: Record<string, unknown>): { archived?: true } =>
    raw["archived"] === true ? { archived: true } : {},
  component: SweepListRoute,
});

const sweepRoute = createRoute({
  getParentRoute: () => rootRoute,
  path: "/sweeps/$sweepId",
  validateSearch: readSweepSearch,
  // A chunk of its own: the list needs no charts.
  component: lazyRouteComponent(() => import("./SweepRoute.tsx"), "SweepRoute"),
});

/** Every screen and its address. */
export const router = createRouter({
  routeTree: rootRoute.addChildren([sweepListRoute, sweepRoute]),
  scrollRestoration: true,
  defaultPreload: "intent",
});

declare module "@tanstack/react-router" {
  interface Register {
    router: typeof router;
  }
}
