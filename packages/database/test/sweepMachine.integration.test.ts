import { isAppError, type SweepVerb, sweepVerbs } from "@smoothsweep/contracts";
import type { Claim, PlannedSweep } from "@smoothsweep/sweeps";
import {
  acceptedResult,
  createSweepMachine,
  plannedSweep,
  type StoreHarness,
  type SweepMachine,
} from "@smoothsweep/testkit";
import fc from "fast-check";
import { afterAll, beforeAll, expect, test } from "vitest";
import { openStore } from "./openStore.ts";

/** The store beside its twin. */
interface Real {
  harness: StoreHarness;
  sweep: PlannedSweep;
  /** Every claim that was ever handed out, stale ones too. */
  claims: Claim[];
  /** Accuracy of every accepted result; what was accepted stays. */
  accepted: Map<string, number>;
}

type Command = fc.AsyncCommand<SweepMachine, Real>;

const WORKERS = ["wrk_one", "wrk_two"];
let harness: StoreHarness;
beforeAll(async () => {
  harness = await openStore();
});
afterAll(() => harness.close());

/** Store and twin agree in everything that a user or a worker can see. */
async function expectAgreement(machine: SweepMachine, { sweep, accepted }: Real): Promise<void> {
  const stored = await harness.store.getSweep(sweep.id);
  expect({ state: stored.state, isArchived: stored.archivedAt !== null }).toEqual({
    state: machine.state(),
    isArchived: machine.isArchived(),
  });
  const { items } = await harness.store.listTrials(sweep.id, { limit: 1000 });
  const states = new Map(items.map(({ id, state }) => [id, state]));
  expect(machine.trials().map(({ trialId }) => [trialId, states.get(trialId)])).toEqual(
    machine.trials().map(({ trialId, state }) => [trialId, state]),
  );
  for (const [trialId, accuracy] of accepted) {
    expect((await harness.store.getTrial(trialId)).metrics?.test.accuracy).toBe(accuracy);
  }
}

function command(name: string, run: (machine: SweepMachine, real: Real) => Promise<void>): Command {
  return {
    check: () => true,
    run: async (machine, real) => {
      await run(machine, real);
      await expectAgreement(machine, real);
    },
    toString: () => name,
  };
}

/** Some of the claims that were handed out, newest first: sets of them that a worker may hold. */
const choice = fc.array(fc.nat({ max: 11 }), { minLength: 1, maxLength: 4 });
const chosen = ({ claims }: Real, picks: readonly number[]): Claim[] => {
  const found = picks.flatMap((pick) => claims.at(-1 - pick) ?? []);
  return [...new Map(found.map((claim) => [claim.trialId, claim])).values()];
};
const byTrial = (claims: readonly Claim[]) => claims.map(({ trialId, token }) => `${trialId} ${token}`).toSorted();

const claim = fc
  .tuple(fc.nat({ max: 3 }), fc.integer({ min: 1, max: 4 }), fc.constantFrom(...WORKERS))
  .map(([group, limit, workerId]) =>
    command(`claim up to ${limit} of group ${group} for ${workerId}`, async (machine, { sweep, claims }) => {
      const groupIds = [...new Set(sweep.trials.map(({ groupId }) => groupId))];
      const groupId = groupIds[group % groupIds.length] as string;
      const isClaimable = machine.isClaimable(groupId);
      const taken = await harness.store.claimTrials({ groupId, limit, workerId, leaseMs: 3_600_000 });
      expect(taken.length > 0).toBe(isClaimable);
      machine.claimed(taken, { groupId, limit, workerId });
      claims.push(...taken.map(({ trialId, token }) => ({ trialId, token })));
    }),
  );

const accept = choice.map((picks) =>
  command(`accept results of claims ${picks}`, async (machine, real) => {
    const claims = chosen(real, picks);
    if (claims.length === 0) return;
    const results = claims.map((each, index) => acceptedResult(each, (real.accepted.size + index + 1) / 1000));
    const told = await harness.store.acceptResults(results);
    expect(byTrial(told)).toEqual(byTrial(machine.accept(claims)));
    for (const { trialId, metrics } of results) {
      const isNew = told.some((each) => each.trialId === trialId) && !real.accepted.has(trialId);
      if (isNew) real.accepted.set(trialId, metrics.test.accuracy);
    }
  }),
);

const fail = fc.tuple(choice, fc.constantFrom("child_exited", "trial_diverged")).map(([picks, code]) =>
  command(`fail claim ${picks[0]} with ${code}`, async (machine, real) => {
    const [one] = chosen(real, picks);
    if (one === undefined) return;
    const failure = { code, message: "test", retryable: code !== "trial_diverged" };
    const state = await harness.store.failTrial({ ...one, ...failure }).catch((error: unknown) => {
      if (!isAppError(error) || error.code !== "stale_attempt") throw error;
      return undefined;
    });
    expect(state).toBe(machine.fail(one, failure));
  }),
);

const lose = choice.map((picks) =>
  command(`lose claims ${picks}`, async (machine, real) => {
    const claims = chosen(real, picks);
    await harness.store.loseTrials(claims, { code: "child_exited", message: "test" });
    machine.lose(claims, { code: "child_exited", message: "test" });
  }),
);

const giveBack = choice.map((picks) =>
  command(`hand back claims ${picks}`, async (machine, real) => {
    const claims = chosen(real, picks);
    await harness.store.returnTrials(claims, "test");
    machine.giveBack(claims);
  }),
);

const renew = choice.map((picks) =>
  command(`renew claims ${picks}`, async (machine, real) => {
    const claims = chosen(real, picks);
    expect(byTrial(await harness.store.renewLeases(claims, 3_600_000))).toEqual(byTrial(machine.holding(claims)));
  }),
);

const expire = fc.constant(
  command("let all leases end", async (machine) => {
    await harness.expireLeases();
    await harness.ledger.mend({ orphanAfterMs: 60_000 });
    machine.expire();
  }),
);

const passBackoffs = fc.constant(
  command("let all pauses end", async (machine) => {
    await harness.passBackoffs();
    machine.passBackoffs();
  }),
);

const verb = fc.constantFrom(...sweepVerbs.filter((name) => name !== "extend" && name !== "delete")).map((name) =>
  command(name, async (machine, { sweep }) => {
    const isRefused = await harness.control.apply(sweep.id, name as Exclude<SweepVerb, "extend" | "delete">).then(
      () => false,
      (error: unknown) => {
        if (!isAppError(error) || error.code !== "verb_refused") throw error;
        return true;
      },
    );
    expect(isRefused).toBe(machine.apply(name as Exclude<SweepVerb, "delete">));
  }),
);

test("a sweep and its trials go through the same states as their model, whatever happens in whatever order", async () => {
  const commands = fc.commands(
    [claim, claim, claim, accept, accept, fail, lose, giveBack, renew, expire, passBackoffs, verb, verb],
    {
      maxCommands: 40,
    },
  );
  await fc.assert(
    fc.asyncProperty(commands, async (run) => {
      const sweep = plannedSweep({
        cache: "off",
        retry: { attempts: 2, losses: 2, backoffSeconds: 3600, backoffMaxSeconds: 86_400 },
      });
      await harness.store.createSweep(sweep);
      const machine = createSweepMachine(sweep.spec.retry);
      for (const { id, groupId, representativeId } of sweep.trials) {
        if (representativeId === null) machine.add({ trialId: id, groupId });
      }
      const setup = () => ({
        model: machine,
        real: { harness, sweep, claims: [], accepted: new Map<string, number>() },
      });
      await fc.asyncModelRun(setup, run);
    }),
    { numRuns: 40, endOnFailure: true },
  );
});
