import {
  evaluate,
  fitTemperature,
  type Predictions,
  presetAgreement,
  seededRandom,
  smoothCalibrationError,
  softmaxRows,
} from "@smoothsweep/calibration";

/*
 * Floor: softmax of 10,000 x 10 logits is 1e5 exponentials (about 5 ns each: 0.5 ms) over 0.8 MB; the classwise bins are
 * 1e5 more bin look-ups and the two sorts 2e4 log 1e4 steps. So about 3 ms is what the work itself costs. One Newton
 * step of the temperature is 1e5 exponentials again, about 0.7 ms, times 5 to 9 steps.
 */
const examples = 10_000;
const classes = 10;
const rounds = 15;

function simulate(seed: number): Predictions {
  const random = seededRandom(seed);
  const logits = new Float64Array(examples * classes);
  const labels = new Int32Array(examples);
  for (let row = 0; row < examples; row++) {
    labels[row] = Math.floor(random() * classes);
    for (let k = 0; k < classes; k++)
      logits[row * classes + k] = 6 * (random() + random() + random() - 1.5) + (k === labels[row] ? 4 : 0);
  }
  return { logits, labels, classCount: classes };
}

/** The usual script: nested arrays, one pass of map and filter per metric. */
function naiveMetrics({ logits, labels }: Predictions): number[] {
  const rows = Array.from(labels, (_, row) => Array.from({ length: classes }, (_, k) => logits[row * classes + k]!));
  const probabilities = rows.map((row) => {
    const terms = row.map((logit) => Math.exp(logit - Math.max(...row)));
    return terms.map((term) => term / terms.reduce((sum, value) => sum + value, 0));
  });
  const top = probabilities.map((row) => Math.max(...row));
  const right: number[] = probabilities.map((row, i) => (row.indexOf(top[i]!) === labels[i] ? 1 : 0));
  const mean = (values: number[]) => values.reduce((sum, value) => sum + value, 0) / values.length;
  const ece = (confidences: number[], outcomes: number[]) => {
    let sum = 0;
    for (let bin = 0; bin < 15; bin++) {
      const inside = confidences
        .map((_, i) => i)
        .filter((i) => confidences[i]! > bin / 15 && confidences[i]! <= (bin + 1) / 15);
      sum += Math.abs(inside.reduce((gap, i) => gap + outcomes[i]! - confidences[i]!, 0)) / examples;
    }
    return sum;
  };
  const classwise = Array.from({ length: classes }, (_, k) =>
    ece(
      probabilities.map((row) => row[k]!),
      Array.from(labels, (label) => (label === k ? 1 : 0)),
    ),
  );
  const order = top.map((_, i) => i).sort((a, b) => top[b]! - top[a]!);
  let errors = 0;
  const risks = order.map((i, rank) => {
    errors += 1 - right[i]!;
    return errors / (rank + 1);
  });
  const nll = mean(probabilities.map((row, i) => -Math.log(row[labels[i]!]!)));
  const brier = mean(
    probabilities.map((row, i) => row.reduce((sum, p, k) => sum + (p - (k === labels[i] ? 1 : 0)) ** 2, 0)),
  );
  return [mean(right), nll, brier, ece(top, right), mean(classwise), mean(risks)];
}

/** The usual script: golden-section search on T, each step a full evaluation. */
function naiveTemperature(predictions: Predictions): number {
  let [low, high] = [0.05, 20];
  const golden = (Math.sqrt(5) - 1) / 2;
  const nll = (temperature: number) =>
    softmaxRows(predictions, temperature).losses.reduce((sum, loss) => sum + loss, 0);
  while (high / low > 1 + 1e-6) {
    const [left, right] = [high - golden * (high - low), low + golden * (high - low)];
    if (nll(left) < nll(right)) high = right;
    else low = left;
  }
  return (low + high) / 2;
}

function medianMs(work: () => unknown): number {
  const times: number[] = [];
  for (let round = 0; round < rounds; round++) {
    const start = performance.now();
    work();
    times.push(performance.now() - start);
  }
  return times.sort((a, b) => a - b)[rounds >> 1]!;
}

function report(name: string, work: () => unknown, target?: number, naive?: () => unknown): void {
  const ms = medianMs(work);
  const goal = target === undefined ? "" : ` (target ${target} ms: ${ms <= target ? "met" : "MISSED"})`;
  const ratio = naive === undefined ? "" : `, naive ${(medianMs(naive) / ms).toFixed(1)} x as long`;
  console.log(`calibration  ${name.padEnd(44)} ${ms.toFixed(2).padStart(8)} ms${goal}${ratio}`);
}

/** Prints median times of the calibration core on 10,000 x 10 logits, one core. */
export async function run(): Promise<void> {
  const predictions = simulate(1);
  const rows = softmaxRows(predictions);
  const forecasts = { ...predictions, probabilities: rows.probabilities };
  report(
    "all metrics, 10,000 x 10",
    () => evaluate(predictions),
    20,
    () => naiveMetrics(predictions),
  );
  report(
    "temperature, 10,000 x 10",
    () => fitTemperature(predictions),
    30,
    () => naiveTemperature(predictions),
  );
  report("SmoothECE, 10,000 outcomes", () => smoothCalibrationError(rows));
  report("agreement of 6 presets, 10,000 x 10", () => presetAgreement(forecasts));
}
