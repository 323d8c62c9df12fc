import { startTcpProxy, type TcpProxy } from "@smoothsweep/testkit/faults";
import type { Servers } from "./chaosStack.ts";

/** The link between clients and the API. */
export const CLIENT_LINK = "client-api";

/** A proxy of its own between every service and every server, and between clients and the API. Workers and API do not talk to each other. */
export interface Links {
  readonly names: readonly string[];
  /** @throws Error when there is no such link */
  find(name: string): TcpProxy;
  close(): Promise<void>;
}

/** Names of the links: between services and servers, such as `worker-1-postgres`, and that of clients. */
export function linkNames(services: readonly string[], hasRedis: boolean): string[] {
  const servers = hasRedis ? ["postgres", "redis"] : ["postgres"];
  return [...services.flatMap((service) => servers.map((server) => `${service}-${server}`)), CLIENT_LINK];
}

/** Where links lead. The port of the API is chosen last: a link may have any that is free. */
type Places = Servers & { apiPort: () => number };

/** Opens the links; those to PostgreSQL follow it when it moves. */
export async function openLinks(places: Places, services: readonly string[]): Promise<Links> {
  const names = linkNames(services, places.redis !== undefined);
  const proxies = new Map<string, TcpProxy>();
  for (const name of names) proxies.set(name, await openLink(places, name));
  return {
    names,
    find: (name) => {
      const proxy = proxies.get(name);
      if (proxy === undefined) throw new Error(`there is no link ${name}`);
      return proxy;
    },
    close: async () => void (await Promise.all([...proxies.values()].map((proxy) => proxy.close()))),
  };
}

function openLink({ postgres, redis, apiPort }: Places, name: string): Promise<TcpProxy> {
  if (name === CLIENT_LINK) return startTcpProxy(() => ({ host: "127.0.0.1", port: apiPort() }));
  if (redis === undefined || name.endsWith("-postgres")) return startTcpProxy(postgres.upstream);
  return startTcpProxy(() => ({ host: "127.0.0.1", port: redis.port }));
}
