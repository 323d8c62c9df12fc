import type { GoldenOutcome } from "./goldenOutcome.ts";

/** The outcome of a call that must be refused with the typed error of the library. */
export function refusal(call: () => void): GoldenOutcome {
  const problem = problemOf(call);
  return { passed: problem === null, largestError: 0, problems: problem === null ? [] : [problem] };
}

function problemOf(call: () => void): string | null {
  try {
    call();
  } catch (error) {
    if (error instanceof Error && error.name === "ArgumentError") return null;
    return `threw ${String(error)} instead of a typed error`;
  }
  return "was accepted but must be refused";
}
