/** What could be seen of a fault while it struck. */
export interface Seen {
  /** Trials that were refused to a zombie, or writes to a full disk. */
  refused: number;
}

/** A fault that has struck. Times in milliseconds since 1970, of the one machine that everything runs on. */
export interface Strike extends Seen {
  kind: string;
  /** What it was aimed at. */
  resource: string;
  at: number;
  /** Running attempts of the workers that it was aimed at. */
  atRisk: { trialId: string; token: number }[];
}

export interface History {
  attempts: { trialId: string; token: number; startedAt: number }[];
  /** When results were accepted. */
  accepted: number[];
}

export interface Recovery extends Seen {
  kind: string;
  resource: string;
  /** From the fault to the next accepted result; undefined when none was left to come. */
  nextResultMs: number | undefined;
  /** From the fault to the next attempt of each trial at risk that needed one, if no later fault put it at risk again. */
  reclaimedMs: number[];
}

/** How long the system took to get over each fault, from what the database holds afterwards. */
export function recoveriesOf(strikes: readonly Strike[], { attempts, accepted }: History): Recovery[] {
  const startOf = new Map(attempts.map(({ trialId, token, startedAt }) => [nameOf(trialId, token), startedAt]));
  const newestStrike = new Map(
    strikes.flatMap((strike) => strike.atRisk.map(({ trialId, token }) => [nameOf(trialId, token), strike])),
  );
  const inOrder = accepted.toSorted((a, b) => a - b);
  return strikes.map((strike) => {
    const next = inOrder.find((acceptedAt) => acceptedAt > strike.at);
    const own = strike.atRisk.filter(({ trialId, token }) => newestStrike.get(nameOf(trialId, token)) === strike);
    return {
      kind: strike.kind,
      resource: strike.resource,
      refused: strike.refused,
      nextResultMs: next === undefined ? undefined : next - strike.at,
      reclaimedMs: own.flatMap(({ trialId, token }) => {
        const startedAt = startOf.get(nameOf(trialId, token + 1));
        return startedAt === undefined ? [] : [startedAt - strike.at];
      }),
    };
  });
}

function nameOf(trialId: string, token: number): string {
  return `${trialId} ${token}`;
}
