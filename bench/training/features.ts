import type { Engine, PackRequest } from "@smoothsweep/training";
import { stepTime } from "./measurePack.ts";
import { type ModelCase, modelCases } from "./models.ts";
import { createPackRequest } from "./packRequest.ts";

const adam = { learningRate: 1e-3, beta1: 0.9, beta2: 0.999, stability: 1e-8 };
const features: Record<string, Partial<PackRequest["training"]>> = {
  adam: { optimizer: { kind: "adam", ...adam } },
  "weight decay": { weightDecay: 1e-4 },
  clipping: { gradientNormMax: 1 },
  "dropout 0.2": { dropout: 0.2 },
  focal: { loss: { kind: "focal", gamma: 2 } },
  "confidence penalty": { loss: { kind: "confidence-penalty", beta: 0.1 } },
  "margin smoothing": { loss: { kind: "margin-label-smoothing", margin: 6, weight: 0.1 } },
  "max suppression": { loss: { kind: "max-suppression" } },
  "squared error": { loss: { kind: "squared-error", output: "softmax" } },
};

/** What a step costs with each optimiser, loss and regulariser, as a ratio to plain momentum and cross entropy. */
export async function benchFeatures(engine: Engine): Promise<void> {
  const mlp = modelCases[0] as ModelCase;
  const requestWith = (training: Partial<PackRequest["training"]>) =>
    createPackRequest(mlp, { size: 4, stepsPerEpoch: 20, training });
  console.log(`\n${engine.info.name}, ${mlp.name} in a pack of 4: ms per trial-step, times plain`);
  for (const [name, training] of Object.entries(features)) {
    // Next to the measurement that it is compared with, because other programs slow both down alike.
    const reference = await stepTime(engine, requestWith({}));
    const measured = await stepTime(engine, requestWith(training));
    console.log(
      `${name.padEnd(20)} ${measured.toFixed(3).padStart(8)} ${(measured / reference).toFixed(2).padStart(6)}`,
    );
  }
}
