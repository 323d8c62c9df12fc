import { breakNetwork } from "./breakNetwork.ts";

const DELAY_MS = 250;

/** Every answer takes half a second. */
export const slowNetwork = breakNetwork({
  kind: "network.slow",
  text: `takes ${DELAY_MS} ms longer each way`,
  lastsMs: { low: 2_000, high: 6_000 },
  begin: (proxy) => proxy.slow(DELAY_MS),
});
