/** Where a result comes from, when it is not from training alone. */
export interface Origin {
  kind: "reused" | "verified" | "differs";
  text: string;
  /** The same in a sentence without its full stop. */
  about: string;
}

const marks: Readonly<Record<Origin["kind"], string>> = { reused: "↺", verified: "✓", differs: "≠" };

/** Origins as small badges: a mark and a word, and a sentence for who hovers or listens. */
export function OriginBadges({ origins }: { origins: readonly Origin[] }) {
  return origins.map(({ kind, text, about }) => (
    <span key={kind} className="origin-badge" data-origin={kind} data-testid="origin-badge" title={about}>
      <span aria-hidden="true">{marks[kind]} </span>
      {text}
      <span className="visually-hidden">. {about}.</span>
    </span>
  ));
}
