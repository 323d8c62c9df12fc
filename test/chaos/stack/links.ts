import { startTcpProxy, type TcpProxy } from "@smoothsweep/testkit/faults";
import type { Servers } from "./chaosStack.ts";

/** A proxy of its own between every service and every server. */
export interface Links {
  readonly names: readonly string[];
  /** @throws Error when there is no such link */
  find(name: string): TcpProxy;
  close(): Promise<void>;
}

/** Names of the links between services and servers, such as `worker-1-postgres`. */
export function linkNames(services: readonly string[], hasRedis: boolean): string[] {
  const servers = hasRedis ? ["postgres", "redis"] : ["postgres"];
  return services.flatMap((service) => servers.map((server) => `${service}-${server}`));
}

/** Opens the links of the services; those to PostgreSQL follow it when it moves. */
export async function openLinks(servers: Servers, services: readonly string[]): Promise<Links> {
  const names = linkNames(services, servers.redis !== undefined);
  const proxies = new Map<string, TcpProxy>();
  for (const name of names) proxies.set(name, await openLink(servers, name));
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

function openLink({ postgres, redis }: Servers, name: string): Promise<TcpProxy> {
  if (redis === undefined || name.endsWith("-postgres")) return startTcpProxy(postgres.upstream);
  return startTcpProxy(() => ({ host: "127.0.0.1", port: redis.port }));
}
