import { breakNetwork } from "./breakNetwork.ts";

/** Connections are reset and cannot be made: a restarted firewall, a moved address. */
export const cutNetwork = breakNetwork({
  kind: "network.cut",
  text: "is cut",
  lastsMs: { low: 500, high: 8_000 },
  begin: (proxy) => proxy.cut(),
});
