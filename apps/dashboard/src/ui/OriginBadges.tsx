/** Where results come from, when they are not from training alone. */
export interface Origin {
  kind: "reused" | "verified" | "differs";
  /** How many trials, when it is told of several. */
  count?: number;
  text: string;
  /** The same in a sentence without its full stop. */
  about: string;
}

const marks: Readonly<Record<Origin["kind"], string>> = { reused: "↺", verified: "✓", differs: "≠" };

/** Props of {@link OriginBadges}. */
export interface OriginBadgesProps {
  origins: readonly Origin[];
  /** Mark and count only, where there is little room; the words are for who hovers or listens. */
  isShort?: boolean;
}

/** Origins as small badges: a mark and a word, and a sentence for who hovers or listens. */
export function OriginBadges({ origins, isShort = false }: OriginBadgesProps) {
  return origins.map(({ kind, count, text, about }) => (
    <span key={kind} className="origin-badge" data-origin={kind} data-testid="origin-badge" title={about}>
      <span aria-hidden="true">
        {marks[kind]} {isShort && count}
      </span>
      <span className={isShort ? "visually-hidden" : undefined}>{text}</span>
      <span className="visually-hidden">. {about}.</span>
    </span>
  ));
}
