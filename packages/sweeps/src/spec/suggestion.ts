import { closest, distance } from "fastest-levenshtein";

/** The candidate a mistyped word was probably meant to be; undefined when none is near. */
export function nearest(word: string, candidates: readonly string[]): string | undefined {
  if (candidates.length === 0) return undefined;
  const folded = candidates.map((candidate) => candidate.toLowerCase());
  const best = closest(word.toLowerCase(), folded);
  const reach = Math.max(2, Math.floor(best.length / 3));
  return distance(word.toLowerCase(), best) <= reach ? candidates[folded.indexOf(best)] : undefined;
}

/** "Did you mean `epsilon`?" or, when nothing is near, the list of what is allowed. */
export function suggestionFor(word: string, candidates: readonly string[]): string {
  const meant = nearest(word, candidates);
  return meant === undefined ? `Use one of: ${candidates.join(", ")}` : `Did you mean \`${meant}\`?`;
}
