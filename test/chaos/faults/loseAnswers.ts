import { breakNetwork } from "./breakNetwork.ts";

/** Requests arrive and answers are lost: a commit has happened and nobody was told. Connections break at the end. */
export const loseAnswers = breakNetwork({
  kind: "network.lost-answers",
  text: "loses the answers",
  lastsMs: { low: 300, high: 3_000 },
  begin: (proxy) => proxy.deafen(),
});
