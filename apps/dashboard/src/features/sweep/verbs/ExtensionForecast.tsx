import type { ExtensionPreviewAnswer } from "@smoothsweep/contracts";
import { formatCount, formatCounted } from "../../../format/formatCount.ts";
import { ProblemText } from "../../../ui/ProblemText.tsx";
import type { Forecast } from "./useExtensionForecast.ts";

/** Props of {@link ExtensionForecast}. */
export interface ExtensionForecastProps {
  forecast: Forecast;
  /** Why it is refused, when it is. */
  error: unknown;
}

/** What the extension would make, in words. */
export function ExtensionForecast({ forecast, error }: ExtensionForecastProps) {
  const { extension, data, isFresh } = forecast;
  if (error !== null && isFresh) return <ProblemText error={error} />;
  return (
    <p className="forecast" role="status" data-testid="extension-forecast">
      {!isFresh || (extension !== undefined && data === undefined)
        ? "Counting …"
        : data === undefined
          ? "Nothing to add yet."
          : inWords(data)}
    </p>
  );
}

/** `Adds 10 trials: 9 to train, 1 merged as equivalent.` */
export function inWords({ added, distinct, reusable }: ExtensionPreviewAnswer): string {
  if (added === 0) return "Adds nothing: the sweep has all of this.";
  const parts = [
    ...(distinct > reusable ? [`${formatCount(distinct - reusable)} to train`] : []),
    ...(reusable > 0 ? [`${formatCount(reusable)} with results in other sweeps`] : []),
    ...(added > distinct ? [`${formatCount(added - distinct)} merged as equivalent`] : []),
  ];
  return `Adds ${formatCounted(added, "trial")}: ${parts.join(", ")}.`;
}
