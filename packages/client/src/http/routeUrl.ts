import { type RouteName, routes } from "@smoothsweep/contracts";

/** Values for a route's path parameters and its query; undefined entries of the query are left out. */
export interface RouteArguments {
  params?: Readonly<Record<string, string>>;
  query?: Readonly<Record<string, string | number | undefined>>;
}

/**
 * Path and query of a route, every part escaped.
 *
 * @throws TypeError when a path parameter is missing
 * @example routeUrl("getTrial", { params: { trialId: "trl_1" } }) // "/api/v1/trials/trl_1"
 */
export function routeUrl(name: RouteName, { params = {}, query = {} }: RouteArguments = {}): string {
  const path = routes[name].path.replace(/\{(\w+)\}/g, (_, parameter: string) => {
    const value = params[parameter];
    if (value === undefined || value === "") throw new TypeError(`${name} requires ${parameter}`);
    return encodeURIComponent(value);
  });
  const search = new URLSearchParams();
  for (const [key, value] of Object.entries(query)) {
    if (value !== undefined) search.set(key, String(value));
  }
  return search.size === 0 ? path : `${path}?${search}`;
}
