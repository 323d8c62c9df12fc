/** The part of `fetch` the client uses; hand in your own to test, to trace or to add a proxy. */
export type FetchFunction = (url: string, init?: RequestInit) => Promise<Response>;

/** Where the API is and how it is asked. */
export interface Connection {
  /** Origin and optional path prefix, without a slash at the end; empty means the page's own origin. */
  baseUrl: string;
  fetch: FetchFunction;
  /** Headers of every request. */
  headers: () => Readonly<Record<string, string>>;
}

/** Options of {@link createConnection}. */
export interface ConnectionOptions {
  /** `http://127.0.0.1:4600`; in a page served by the API itself leave it out. */
  baseUrl?: string;
  fetch?: FetchFunction;
  /** Sent as `Authorization: Bearer`; a function is asked before each request, for a key that is only known later. */
  apiKey?: string | (() => string | undefined) | undefined;
}

/** Fills in the defaults of a connection. */
export function createConnection({ baseUrl = "", fetch, apiKey }: ConnectionOptions): Connection {
  return {
    baseUrl: baseUrl.replace(/\/+$/, ""),
    // A bare reference would call the browser's fetch with the wrong `this`.
    fetch: fetch ?? ((url, init) => globalThis.fetch(url, init)),
    headers: () => {
      const key = typeof apiKey === "function" ? apiKey() : apiKey;
      return key === undefined ? {} : { authorization: `Bearer ${key}` };
    },
  };
}
