import { type EngineName, engineNames } from "@smoothsweep/contracts";
import { afterAll, beforeAll, describe, test } from "vitest";
import type { Engine } from "../../src/engines/engine.ts";
import { resolveEngine } from "../../src/engines/resolveEngine.ts";
import { everyInstalledEngine } from "../fixtures/installedEngines.ts";
import { provideVulkan } from "../fixtures/softwareVulkan.ts";

/** An engine under test; `current` loads once the tests run. */
export interface TestedEngine {
  readonly name: EngineName;
  current(): Engine;
}

/**
 * Runs tests on every engine; those that are not installed are reported as skipped. TensorFlow.js has one current
 * backend in a process: tests that need a reference compute it before, with {@link onReference}.
 */
export function describeEngines(title: string, define: (engine: TestedEngine) => void): void {
  provideVulkan();
  for (const name of engineNames) {
    if (!everyInstalledEngine.includes(name)) {
      test.skip(`${title} on ${name}: it is not installed`, () => undefined);
      continue;
    }
    describe(`${title} on ${name}`, () => {
      let engine: Engine;
      beforeAll(async () => {
        engine = await resolveEngine(name);
      });
      afterAll(() => engine.dispose());
      define({ name, current: () => engine });
    });
  }
}

/** Computes something on the reference engine. */
export async function onReference<Result>(compute: (engine: Engine) => Promise<Result>): Promise<Result> {
  const engine = await resolveEngine("cpu");
  try {
    return await compute(engine);
  } finally {
    engine.dispose();
  }
}
