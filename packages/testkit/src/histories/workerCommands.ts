import { type RetryableTrialCode, retryableTrialCodes } from "@smoothsweep/contracts";
import { type Claim, type ClaimRequest, WORKER_PROTOCOL } from "@smoothsweep/sweeps";
import fc from "fast-check";
import { expect } from "vitest";
import { acceptedResult, epochReport, testEngine } from "../factories/resultFactory.ts";
import { type Command, command } from "./command.ts";
import { ask, inOrder, type Token, type World } from "./world.ts";

const LEASE_MS = 45 * 60_000;
const workers = ["wrk_one", "wrk_two"];

/** Takes the foremost token of the queue and claims what it calls for. */
const serve = fc
  .tuple(fc.constantFrom(...workers), fc.integer({ min: 1, max: 5 }))
  .map(([workerId, limit]) =>
    command(`${workerId} serves a token with up to ${limit}`, (world) => serveNext(world, { workerId, limit })),
  );

/** Serves what is called for and completes it, many times over: sweeps end. */
const workOff = fc.integer({ min: 1, max: 6 }).map((packs) =>
  command(`a worker completes ${packs} packs`, async (world) => {
    for (let pack = 0; pack < packs; pack++) {
      await acceptAll(world, await serveNext(world, { workerId: "wrk_one", limit: 4 }));
    }
  }),
);

async function serveNext(world: World, { workerId, limit }: { workerId: string; limit: number }): Promise<Claim[]> {
  if (world.queue.length === 0) await relayAll(world);
  const token = world.queue.shift();
  if (token === undefined) return [];
  const { groupId, place } = token;
  const requestId = `req_${world.requests.length}`;
  const request = { groupId, place, workerId, limit, leaseMs: LEASE_MS, requestId };
  world.requests.push(request);
  return claimFor(world, request);
}

async function claimFor(world: World, request: ClaimRequest): Promise<Claim[]> {
  const claimed = (await ask(world, ({ store }) => store.claimTrials(request))) ?? [];
  const claims = claimed.map(({ trialId, token }) => ({ trialId, token }));
  world.claims.push(...claims);
  return claims;
}

/** The answer was lost, or so a worker thinks. */
const claimAgain = fc.nat({ max: 5 }).map((pick) =>
  command(`ask for claim ${pick} again`, async (world) => {
    const request = world.requests.at(-1 - pick);
    if (request !== undefined) await claimFor(world, request);
  }),
);

/** Fills the queue, the foremost token first. */
export async function relayAll(world: World): Promise<void> {
  const sent = await ask(world, async ({ ledger }) => {
    const tokens: Token[] = [];
    await ledger.relayOutbox(10_000, async (given) => void tokens.push(...given.map(({ id: _, ...token }) => token)));
    return tokens.toSorted(byPlace);
  });
  world.queue = [...world.queue, ...(sent ?? [])].toSorted(byPlace);
}

function byPlace(left: Token, right: Token): number {
  const nameOf = ({ groupId, generation, index }: Token) => `${groupId} ${generation} ${index}`;
  return left.place - right.place || (nameOf(left) < nameOf(right) ? -1 : 1);
}

/** Some of the claims that were handed out, counted from the newest: what a worker may hold, stale ones too. */
const choice = fc.array(fc.nat({ max: 9 }), { minLength: 1, maxLength: 4 });

/** At most one claim a trial. */
function chosen({ claims }: World, picks: readonly number[]): Claim[] {
  const found = picks.flatMap((pick) => claims.at(-1 - pick) ?? []);
  return [...new Map(found.map((claim) => [claim.trialId, claim])).values()];
}

function withClaims(name: string, run: (world: World, claims: Claim[]) => Promise<unknown>): fc.Arbitrary<Command> {
  return choice.map((picks) => command(`${name} ${picks}`, (world) => run(world, chosen(world, picks))));
}

const accept = withClaims("accept results of claims", acceptAll);

async function acceptAll(world: World, claims: readonly Claim[]): Promise<void> {
  const results = claims.map((claim, index) => acceptedResult(claim, 0.5 + (world.claims.length + index) / 1000));
  const told = await ask(world, async ({ store }) => inOrder(await store.acceptResults(results)));
  for (const { trialId, metrics } of results) {
    const claim = world.accepted.has(trialId) ? undefined : told?.find((each) => each.trialId === trialId);
    if (claim === undefined) continue;
    expectNewest(world, [claim]);
    world.accepted.set(trialId, metrics.test.accuracy);
  }
}

/** Only the newest attempt of a trial writes. */
function expectNewest({ claims }: World, writing: readonly Claim[]): void {
  for (const { trialId, token } of writing) {
    expect(token).toBe(Math.max(...claims.filter((claim) => claim.trialId === trialId).map((claim) => claim.token)));
  }
}

const report = withClaims("report epochs of claims", async (world, claims) => {
  const reports = claims.flatMap((claim) => [1, 2].map((epoch) => ({ ...claim, report: epochReport(epoch) })));
  expectNewest(world, (await ask(world, async ({ store }) => inOrder(await store.recordReports(reports)))) ?? []);
});

const fail = fc
  .constantFrom<(RetryableTrialCode | "trial_diverged")[]>("trial_diverged", ...retryableTrialCodes)
  .chain((code) =>
    withClaims(`fail with ${code} the first of claims`, async (world, [claim]) => {
      if (claim === undefined) return;
      const failure = { ...claim, code, message: "test", retryable: code !== "trial_diverged" };
      await ask(world, ({ store }) => store.failTrial(failure));
    }),
  );

const lose = withClaims("lose claims", (world, claims) =>
  ask(world, ({ store }) => store.loseTrials(claims, { code: "child_exited", message: "test" })),
);

const giveBack = withClaims("hand back claims", (world, claims) =>
  ask(world, ({ store }) => store.returnTrials(claims, "test")),
);

const renew = withClaims("renew claims", async (world, claims) => {
  expectNewest(
    world,
    (await ask(world, async ({ store }) => inOrder(await store.renewLeases(claims, LEASE_MS)))) ?? [],
  );
});

const live = fc.tuple(fc.constantFrom(...workers), fc.boolean()).map(([id, isLeaving]) =>
  command(`${id} ${isLeaving ? "leaves" : "shows that it is there"}`, async (world) => {
    if (isLeaving) return void (await ask(world, ({ registry }) => registry.retire(id)));
    const known = await ask(world, ({ registry }) => registry.heartbeat(id));
    if (known?.drain !== true) return;
    const machine = { host: "here", pid: 1, version: "0", engine: testEngine, packCapacity: 8, memoryBytes: null };
    await ask(world, ({ registry }) => registry.register({ id, ...machine, protocol: WORKER_PROTOCOL }));
  }),
);

/** What workers do; more often what brings a sweep on. */
export const workerCommands = [
  ...[serve, serve, serve, claimAgain, workOff, workOff, accept, accept],
  ...[report, fail, lose, giveBack, renew, live],
];
