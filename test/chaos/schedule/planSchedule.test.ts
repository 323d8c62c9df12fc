import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { faultCatalogue } from "../faults/catalogue.ts";
import type { StackShape } from "../faults/fault.ts";
import { linkNames } from "../stack/links.ts";
import { describeSchedule, FAULTS_PER_SCHEDULE, planSchedule } from "./planSchedule.ts";

const shapeOf = (queue: StackShape["queue"]): StackShape => ({
  queue,
  workers: 2,
  links: linkNames(["api", "worker-1", "worker-2"], queue === "redis"),
});
const plan = (seed: number, number: number, queue: StackShape["queue"]) =>
  planSchedule({ seed, number, shape: shapeOf(queue), faults: faultCatalogue, trials: 68 });

const seeds = fc.integer({ min: 0, max: 2 ** 31 });
const numbers = fc.integer({ min: 1, max: 200 });
const queues = fc.constantFrom("redis" as const, "postgres" as const);

describe("a schedule", () => {
  it("is a function of seed, number and backend alone", () => {
    fc.assert(
      fc.property(seeds, numbers, queues, (seed, number, queue) => {
        expect(describeSchedule(plan(seed, number, queue))).toEqual(describeSchedule(plan(seed, number, queue)));
      }),
    );
  });

  it("differs from the next one and from that of another seed", () => {
    fc.assert(
      fc.property(seeds, numbers, queues, (seed, number, queue) => {
        const own = describeSchedule(plan(seed, number, queue));
        expect(describeSchedule(plan(seed, number + 1, queue))).not.toEqual(own);
        expect(describeSchedule(plan(seed + 1, number, queue))).not.toEqual(own);
      }),
    );
  });

  it("strikes in order, while work is left, and never Redis where there is none", () => {
    fc.assert(
      fc.property(seeds, numbers, queues, (seed, number, queue) => {
        const { steps } = plan(seed, number, queue);
        expect(steps).toHaveLength(FAULTS_PER_SCHEDULE);
        const moments = steps.map(({ afterResults }) => afterResults);
        expect(moments).toEqual(moments.toSorted((a, b) => a - b));
        expect(moments.at(-1)).toBeLessThan(68);
        if (queue === "postgres") {
          for (const { fault } of steps) expect(`${fault.kind} ${fault.text}`).not.toMatch(/redis/i);
        }
      }),
    );
  });

  it("has every kind of fault at least once within five of a backend, whatever the seed", () => {
    fc.assert(
      fc.property(seeds, queues, (seed, queue) => {
        const kinds = [1, 2, 3, 4, 5].flatMap((number) =>
          plan(seed, number, queue).steps.map(({ fault }) => fault.kind),
        );
        const expected = faultCatalogue.filter(({ queues: fitting }) => fitting.includes(queue));
        expect(new Set(kinds)).toEqual(new Set(expected.map(({ kind }) => kind)));
      }),
    );
  });
});
