import type { EntryCheck } from "./entryCheck.ts";

/**
 * Compares a loss and its gradient. Entries marked `expect: "nonFinite"` are 0/0: an error is right there, and so is
 * any loss that is not finite.
 */
export function compareLoss(check: EntryCheck, give: () => { loss: unknown; gradient: unknown }): void {
  const undefinedLoss = check.has("expect") && check.read("expect") === "nonFinite";
  if (!undefinedLoss) {
    const { loss, gradient } = give();
    check.near("loss", loss);
    if (check.read("gradient") !== null) check.near("gradient", gradient);
    return;
  }
  check.read("loss");
  check.read("gradient");
  let loss: unknown;
  try {
    loss = give().loss;
  } catch {
    return;
  }
  const losses = [loss].flat(8);
  if (losses.every((value) => Number.isFinite(value)))
    check.fail(`loss: got ${String(loss)}, want one that is not finite`);
}
