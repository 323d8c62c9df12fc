import { AppError, type RouteName, routes } from "@smoothsweep/contracts";
import { ApiProblemError } from "./apiProblemError.ts";
import type { Connection } from "./connection.ts";
import { readProblem } from "./readProblem.ts";
import { type RouteArguments, routeUrl } from "./routeUrl.ts";

/** Routes that answer with JSON that the contracts describe. */
export type JsonRouteName = {
  [Name in RouteName]: (typeof routes)[Name] extends { response: unknown } ? Name : never;
}[RouteName];

/** What a route answers with. */
export type RouteResponse<Name extends JsonRouteName> = ReturnType<(typeof routes)[Name]["response"]["parse"]>;

/** A request's arguments beside the route. */
export interface RequestOptions extends RouteArguments {
  body?: { text: string; mediaType: "application/json" | "application/yaml" };
  accept?: string;
  headers?: Readonly<Record<string, string>>;
  signal?: AbortSignal | undefined;
}

/**
 * Sends a request and returns the successful response, its body unread.
 *
 * @throws ApiProblemError when the API answers with an error
 * @throws AppError `api_unreachable` when nothing answers
 * @throws the signal's reason when it is aborted
 */
export async function openResponse(
  connection: Connection,
  name: RouteName,
  options: RequestOptions = {},
): Promise<Response> {
  const init: RequestInit = { method: routes[name].method.toUpperCase(), headers: requestHeaders(connection, options) };
  if (options.body !== undefined) init.body = options.body.text;
  if (options.signal !== undefined) init.signal = options.signal;
  const url = `${connection.baseUrl}${routeUrl(name, options)}`;
  const response = await connection.fetch(url, init).catch((cause: unknown) => {
    options.signal?.throwIfAborted();
    const where = connection.baseUrl === "" ? "the API" : `the API at ${connection.baseUrl}`;
    throw new AppError("api_unreachable", `${where} does not answer`, { cause, fix: "Start it with `npm start`." });
  });
  if (!response.ok) throw new ApiProblemError(await readProblem(response));
  return response;
}

function requestHeaders(connection: Connection, options: RequestOptions): Record<string, string> {
  return {
    accept: options.accept ?? "application/json",
    ...(options.body === undefined ? {} : { "content-type": options.body.mediaType }),
    ...connection.headers(),
    ...options.headers,
  };
}

/** Sends a request and returns its JSON body, validated against the route table. Throws as {@link openResponse}. */
export async function requestJson<Name extends JsonRouteName>(
  connection: Connection,
  name: Name,
  options: RequestOptions = {},
): Promise<RouteResponse<Name>> {
  const response = await openResponse(connection, name, options);
  const body: unknown = await response.json().catch((cause: unknown) => {
    options.signal?.throwIfAborted();
    throw new AppError("internal", `the answer to ${name} is not JSON`, { cause });
  });
  const parsed = routes[name].response.safeParse(body);
  if (parsed.success) return parsed.data as RouteResponse<Name>;
  const [issue] = parsed.error.issues;
  const where = issue === undefined ? "" : `: ${issue.path.join(".")} ${issue.message}`;
  throw new AppError("internal", `the answer to ${name} breaks its contract${where}`, {
    cause: parsed.error,
    fix: "Run the same version of the client and of the API.",
  });
}
