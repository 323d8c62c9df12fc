import { acceptedOnce } from "./acceptedOnce.ts";
import { attemptsAccounted } from "./attemptsAccounted.ts";
import { eventsGapless } from "./eventsGapless.ts";
import { eventsHeard } from "./eventsHeard.ts";
import { everyTrialAccepted } from "./everyTrialAccepted.ts";
import type { Aftermath, Invariant } from "./invariant.ts";
import { noOrphans } from "./noOrphans.ts";
import { nothingStuck } from "./nothingStuck.ts";
import { resultsEqual } from "./resultsEqual.ts";
import { workersLive } from "./workersLive.ts";

/** Everything that must hold: a new one is a new row here. */
const invariants: readonly Invariant[] = [
  everyTrialAccepted,
  acceptedOnce,
  attemptsAccounted,
  nothingStuck,
  eventsGapless,
  eventsHeard,
  workersLive,
  noOrphans,
  resultsEqual,
];

/** What is violated, a line each, with the invariant's title before it. */
export async function checkInvariants(aftermath: Aftermath): Promise<string[]> {
  const found: string[] = [];
  for (const { title, violations } of invariants) {
    for (const violation of await violations(aftermath)) found.push(`${title}: ${violation}`);
  }
  return found;
}
