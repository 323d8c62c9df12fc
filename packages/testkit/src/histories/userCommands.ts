import type { SweepSpecInput, SweepVerb } from "@smoothsweep/contracts";
import type { IfSame } from "@smoothsweep/sweeps";
import fc from "fast-check";
import { plannedSweep } from "../factories/sweepFactory.ts";
import { type Command, command } from "./command.ts";
import { ask, type World } from "./world.ts";

/** A history has at most so many sweeps, so that much happens to each. */
const SWEEPS_MAX = 4;

/** Sweeps with trials in common: results can be taken over. Pauses before another attempt are 47 minutes and longer. */
const variants: readonly Partial<SweepSpecInput>[] = [
  { cache: "off", seeds: [0] },
  { cache: "use", seeds: [0], priority: 1, predictions: { keep: "pareto" } },
  { cache: "verify", verifyShare: 0.5, predictions: { keep: "all", days: 1 } },
  { cache: "use", seeds: [1], priority: -1, axes: { "smoothing.epsilon": [0, 0.1, 0.2, 0.3, 0.4] } },
];
const retry = { attempts: 2, losses: 2, backoffSeconds: 47 * 60, backoffMaxSeconds: 86_400 };

const submission = fc.record({
  variant: fc.nat({ max: variants.length - 1 }),
  ifSame: fc.constantFrom<IfSame[]>("join", "duplicate", "refuse"),
  key: fc.constantFrom(undefined, undefined, "key-1", "key-2"),
});

const submit = submission.map(({ variant, ifSame, key }) =>
  command(`submit variant ${variant}, ${ifSame}, key ${key}`, async (world) => {
    if (world.sweeps.length >= SWEEPS_MAX) return;
    const sweep = plannedSweep({ retry, name: `variant ${variant}`, ...variants[variant] }, world.newId);
    const idempotency = key === undefined ? undefined : { key, requestHash: `${variant} ${ifSame}` };
    await ask(world, ({ store }) => store.findSubmission(sweep.specHash, { ifSame, idempotency }));
    const answer = await ask(world, ({ store }) => store.createSweep(sweep, { ifSame, idempotency }));
    if (answer?.id === sweep.id) world.sweeps.push(sweep);
  }),
);

/** Something done to one of the sweeps. */
function toSweep(name: string, run: (world: World, sweepId: string) => Promise<unknown>): fc.Arbitrary<Command> {
  return fc.nat({ max: SWEEPS_MAX - 1 }).map((pick) =>
    command(`${name} sweep ${pick}`, async (world) => {
      const sweep = world.sweeps[pick % Math.max(1, world.sweeps.length)];
      if (sweep !== undefined) await run(world, sweep.id);
    }),
  );
}

type SimpleVerb = Exclude<SweepVerb, "extend" | "delete">;
/** More often what lets a sweep go on. */
const simpleVerbs: SimpleVerb[] = [
  ...(["pause", "stop", "cancel", "archive", "unarchive"] as const),
  ...(["resume", "resume", "retry", "retry", "retry"] as const),
];

const verb = fc
  .constantFrom(...simpleVerbs)
  .chain((name) => toSweep(name, (world, id) => ask(world, ({ control }) => control.apply(id, name))));

const extend = fc
  .record({ seeds: fc.subarray([0, 1, 2]), epsilons: fc.subarray([0, 0.2, 0.5]) })
  .chain(({ seeds, epsilons }) =>
    toSweep(`extend by seeds [${seeds}] and epsilons [${epsilons}]`, (world, id) =>
      ask(world, ({ control }) => control.extend(id, { seeds, axes: { "smoothing.epsilon": epsilons } })),
    ),
  );

const remove = fc.boolean().chain((isConfirmed) =>
  toSweep(isConfirmed ? "delete" : "delete without confirming", async (world, id) => {
    const preview = await ask(world, ({ control }) => control.previewDeletion(id));
    const confirm = isConfirmed ? (preview?.confirm ?? "") : "no";
    await ask(world, ({ control }) => control.delete(id, confirm).then(() => "gone"));
  }),
);

/** What users do. */
export const userCommands = [submit, submit, verb, verb, extend, remove];
