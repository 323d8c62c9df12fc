import { isApiProblemError } from "@smoothsweep/client";
import { QueryClient } from "@tanstack/react-query";

/** Whether asking again can help: not when the API refused what was asked. */
function mayRetry(failures: number, error: unknown): boolean {
  const isRefusal = isApiProblemError(error) && error.status < 500;
  return !isRefusal && failures < 2;
}

/** The cache of everything that was fetched. */
export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 1000,
        retry: mayRetry,
        retryDelay: (failures) => 300 * 2 ** failures,
        // The API is often on this machine, where being offline does not matter.
        networkMode: "always",
      },
    },
  });
}
