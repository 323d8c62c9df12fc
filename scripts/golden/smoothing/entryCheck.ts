import type { GoldenOutcome } from "../goldenOutcome.ts";
import { decoded } from "./decoded.ts";

/** Tolerances of the golden README, on |got - want| / max(1, |want|). */
export const tolerances = { value: 1e-12, logit: 1e-9, effectiveNumber: 1e-10 } as const;

/** Whether a field says what an entry is: words and flags do; what is expected of an entry is a number, list or object. */
function isDescriptive(value: unknown): boolean {
  return typeof value === "string" || typeof value === "boolean";
}

/** Compares what functions give with one golden entry, and notices fields that nothing was compared with. */
export class EntryCheck {
  private readonly entry: Readonly<Record<string, unknown>>;
  private readonly unread: Set<string>;
  private readonly problems: string[] = [];
  private largestError = 0;

  constructor(entry: unknown) {
    this.entry = decoded(entry) as Record<string, unknown>;
    this.unread = new Set(Object.keys(this.entry).filter((name) => !isDescriptive(this.entry[name])));
  }

  /** Whether the entry is a specification that must be refused. */
  get isInvalid(): boolean {
    return this.entry["validity"] === "invalid";
  }

  /** Whether the entry has a field. */
  has(name: string): boolean {
    return Object.hasOwn(this.entry, name);
  }

  /** The value of a field that is an input of the entry. */
  read<T>(name: string): T {
    this.unread.delete(name);
    return this.entry[name] as T;
  }

  /** Compares a number, nested lists of numbers, or an object of them; null means "not defined here". */
  near(name: string, got: unknown, tolerance: number = tolerances.value): void {
    this.compare(name, { got, want: this.read(name), tolerance });
  }

  /** Compares whole numbers, booleans, strings and lists of them exactly. */
  exact(name: string, got: unknown): void {
    const want = this.read(name);
    if (JSON.stringify(got) !== JSON.stringify(want)) this.fail(`${name}: got ${shown(got)}, want ${shown(want)}`);
  }

  /** Notes that a call that must be refused was accepted, unless it throws the typed error of the library. */
  refused(what: string, call: () => unknown): void {
    try {
      call();
    } catch (error) {
      if (error instanceof Error && error.name === "ArgumentError") return;
      this.fail(`${what}: threw ${String(error)} instead of a typed error`);
      return;
    }
    this.fail(`${what}: was accepted but must be refused`);
  }

  fail(problem: string): void {
    this.problems.push(problem);
  }

  outcome(): GoldenOutcome {
    for (const name of this.unread) this.fail(`${name}: nothing checks this field`);
    return { passed: this.problems.length === 0, largestError: this.largestError, problems: this.problems };
  }

  private compare(path: string, { got, want, tolerance }: { got: unknown; want: unknown; tolerance: number }): void {
    if (typeof want === "number" && typeof got === "number") {
      const same = Object.is(got, want) || got === want;
      const error = same ? 0 : Math.abs(got - want) / Math.max(1, Math.abs(want));
      if (Number.isFinite(error)) this.largestError = Math.max(this.largestError, error);
      if (!(error <= tolerance)) this.fail(`${path}: got ${got}, want ${want}`);
      return;
    }
    const parts = partsOf(want);
    const gotParts = partsOf(got);
    if (parts === null || gotParts === null || parts.length !== gotParts.length) {
      if (got !== want) this.fail(`${path}: got ${shown(got)}, want ${shown(want)}`);
      return;
    }
    parts.forEach(([name, part], index) => {
      this.compare(`${path}[${name}]`, { got: gotParts[index]?.[1], want: part, tolerance });
    });
  }
}

function partsOf(value: unknown): [string, unknown][] | null {
  if (typeof value !== "object" || value === null) return null;
  return Object.entries(ArrayBuffer.isView(value) ? Array.from(value as unknown as number[]) : value);
}

function shown(value: unknown): string {
  const text = JSON.stringify(value) ?? String(value);
  return text.length > 120 ? `${text.slice(0, 117)}...` : text;
}
