import { AppError } from "@smoothsweep/contracts";
import type { Claim } from "@smoothsweep/sweeps";

/** The error of a write whose fencing token is no longer the newest, or whose trial has ended. */
export function staleAttempt({ trialId, token }: Claim): AppError {
  return new AppError("stale_attempt", `attempt ${token} no longer owns trial ${trialId}`, {
    context: { trialId, token },
  });
}
