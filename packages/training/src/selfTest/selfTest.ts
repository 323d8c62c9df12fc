import { AppError } from "@smoothsweep/contracts";
import type { Engine } from "../engines/engine.ts";
import { checkCrossEntropyIdentity } from "./checkCrossEntropyIdentity.ts";
import { checkMatrixProducts } from "./checkMatrixProducts.ts";
import { checkModelGradient } from "./checkModelGradient.ts";
import type { CheckResult } from "./checkResult.ts";
import { checkSums } from "./checkSums.ts";

/** How far an engine's numbers are from the right ones. */
export interface SelfTestReport {
  readonly checks: readonly CheckResult[];
  readonly seconds: number;
}

/**
 * Lets an engine prove itself (law 7): matrix products and sums against float64, the identity that label smoothing obeys, and
 * a model's gradient against finite differences. Takes well under a second.
 *
 * @throws AppError `engine_self_test_failed` with the check, its deviation and its tolerance
 */
export async function selfTest(engine: Engine): Promise<SelfTestReport> {
  await engine.activate();
  const startedAt = performance.now();
  const checks = await runChecks(engine);
  const failed = checks.find(({ deviation, tolerance }) => !(deviation <= tolerance));
  if (failed) {
    const { name, deviation, tolerance } = failed;
    throw unfit(engine, `${name} deviates by ${deviation.toExponential(2)}, allowed are ${tolerance}`, { checks });
  }
  return { checks, seconds: (performance.now() - startedAt) / 1000 };
}

async function runChecks({ tf, info }: Engine): Promise<CheckResult[]> {
  try {
    const checks = [checkMatrixProducts, checkSums, checkCrossEntropyIdentity, checkModelGradient];
    const results: CheckResult[] = [];
    for (const check of checks) results.push(...(await check(tf)));
    return results;
  } catch (cause) {
    throw unfit({ info }, cause instanceof Error ? cause.message : String(cause), { cause });
  }
}

function unfit(
  { info }: Pick<Engine, "info">,
  reason: string,
  details: { checks?: CheckResult[]; cause?: unknown },
): AppError {
  const { checks = [], cause } = details;
  return new AppError("engine_self_test_failed", `${info.name} failed its self-test: ${reason}`, {
    context: { engine: info, checks },
    fix: "Choose another engine with `--engine`.",
    cause,
  });
}
