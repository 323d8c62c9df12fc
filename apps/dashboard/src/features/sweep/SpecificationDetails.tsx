import type { SweepDetail } from "@smoothsweep/contracts";

/** The specification with every default filled in: nothing is silent. */
export function SpecificationDetails({ sweep }: { sweep: SweepDetail }) {
  return (
    <details className="specification">
      <summary>
        Specification <span className="muted">with every default filled in · hash {sweep.specHash.slice(0, 12)}</span>
      </summary>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: a region that scrolls must be reachable with the keyboard */}
      <pre tabIndex={0}>{JSON.stringify(sweep.spec, null, 2)}</pre>
    </details>
  );
}
