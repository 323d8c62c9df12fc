import fc from "fast-check";
import { command } from "./command.ts";
import { ask } from "./world.ts";

const MINUTE_MS = 60_000;

/**
 * No sum of these is a lease (45 minutes), a pause (47, 94 ...), a day or a week: what is over by the twin's clock, which
 * stands still, is over by a real one that has gone on meanwhile.
 */
const spans = { "21 minutes": 21 * MINUTE_MS, "26 hours": 26 * 60 * MINUTE_MS, "8 days": 11_521 * MINUTE_MS };
type Span = keyof typeof spans;

const pass = fc.constantFrom<Span[]>("21 minutes", "21 minutes", "21 minutes", "26 hours", "8 days").map((span) =>
  command(`${span} pass`, async ({ store, twin }) => {
    await Promise.all([store.passTime(spans[span]), twin.passTime(spans[span])]);
  }),
);

const mend = fc
  .tuple(fc.constantFrom(0, 33), fc.boolean())
  .map(([minutes, isQueueEmpty]) =>
    command(`mend after ${minutes} minutes${isQueueEmpty ? ", the queue is empty" : ""}`, (world) =>
      ask(world, ({ ledger }) => ledger.mend({ orphanAfterMs: minutes * MINUTE_MS, isQueueEmpty })),
    ),
  );

const wipe = fc.constant(
  command("the queue is wiped", async (world) => {
    world.queue = [];
  }),
);

const tidy = fc.constant(command("tidy", (world) => ask(world, ({ housekeeper }) => housekeeper.tidy())));

/** What happens by itself. */
export const timeCommands = [pass, pass, pass, mend, mend, wipe, tidy];
