import type { Claim } from "@smoothsweep/sweeps";

/**
 * $1 trials and $2 tokens of claims, as rows of "trialId" and token. Arrays rather than JSON: their length is what the
 * planner takes for the number of rows, and with the right number it looks each one up.
 */
export const claimsSql = `unnest($1::text[], $2::int[]) AS c("trialId", token)`;

/** The parameters of {@link claimsSql}. */
export function claimColumns(claims: readonly Claim[]): [trialIds: string[], tokens: number[]] {
  return [claims.map(({ trialId }) => trialId), claims.map(({ token }) => token)];
}
