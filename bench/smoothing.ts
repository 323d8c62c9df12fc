import { buildTargetPlan, equivalenceKey, targetRow } from "@smoothsweep/smoothing";

/*
 * Floor: a plan for K classes is its prior: K numbers, 0.25 MB at K = 32,000; a K x K table would be 8.2 GB. Building one
 * reads the counts once or twice (about 0.1 ms); its key writes each number as text (about 0.3 us each: 10 ms); a row is K numbers.
 */
const classes = 32_000;
const rounds = 15;

function medianMs(work: () => void): number {
  const times = Array.from({ length: rounds }, () => {
    const startedAt = performance.now();
    work();
    return performance.now() - startedAt;
  });
  return times.toSorted((left, right) => left - right)[Math.floor(rounds / 2)] as number;
}

function report(name: string, work: () => void): void {
  process.stdout.write(`smoothing  ${name.padEnd(52)} ${medianMs(work).toFixed(2).padStart(8)} ms\n`);
}

/** Target plans for a vocabulary of 32,000 classes without a 32,000 x 32,000 table. */
export async function run(): Promise<void> {
  // A Zipf-like vocabulary: token k is seen about 1/k as often as the first.
  const classCounts = Array.from({ length: classes }, (_, token) => Math.ceil(1e7 / (token + 1)));
  const context = { classCount: classes, classCounts };
  const smoothing = { convention: "off-target" as const, epsilon: 0.1 };
  report("plan, uniform mixing, K = 32,000", () => buildTargetPlan({ smoothing, strategy: { kind: "none" } }, context));
  const strategy = { kind: "class-prior" as const };
  report("plan, class prior, K = 32,000", () => buildTargetPlan({ smoothing, strategy }, context));
  const plan = buildTargetPlan({ smoothing, strategy }, context);
  report("key of the class-prior plan", () => equivalenceKey(plan));
  report("one target row of the class-prior plan", () => targetRow(plan, 17));
}
