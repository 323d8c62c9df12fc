export {
  type CallOptions,
  type Client,
  createClient,
  type ExportOptions,
  type PageOptions,
  type PlainVerb,
  type SubmitOptions,
  type SweepPageOptions,
  type TrialPageOptions,
} from "./createClient.ts";
export type { Backoff } from "./events/backoffDelay.ts";
export type { WatchState, WatchSweepOptions } from "./events/watchSweep.ts";
export { readExtension } from "./extension/readExtension.ts";
export { ApiProblemError, isApiProblemError } from "./http/apiProblemError.ts";
export type { ConnectionOptions, FetchFunction } from "./http/connection.ts";
