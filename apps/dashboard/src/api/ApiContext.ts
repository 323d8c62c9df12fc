import type { Client } from "@smoothsweep/client";
import { createContext, useContext } from "react";

/** The client that every screen reads through; tests hand in their own. */
export const ApiContext = createContext<Client | undefined>(undefined);

/** The client of the API. */
export function useApi(): Client {
  const client = useContext(ApiContext);
  if (client === undefined) throw new Error("useApi requires an ApiContext above it");
  return client;
}
