import { breakNetwork } from "./breakNetwork.ts";

/** Half-open: connections stay up and are dead for ever, and nobody is told. New ones work when it is over. */
export const silenceNetwork = breakNetwork({
  kind: "network.half-open",
  text: "is half-open: what is connected stays dead for ever, what connects is dead too",
  lastsMs: { low: 500, high: 6_000 },
  begin: (proxy) => proxy.silence(),
});
