import { formatMeasure, type Interval, type MeasureStyle } from "../format/formatMeasure.ts";

/** Props of {@link Measure}. */
export interface MeasureProps {
  interval: Interval;
  style: MeasureStyle;
  unit?: string;
}

/** A mean with half of its 95 % interval: `97.21 ± 0.35`. */
export function Measure({ interval, style, unit = "" }: MeasureProps) {
  const { mean, halfWidth } = formatMeasure(interval, style);
  const suffix = unit === "" ? null : `\u00a0${unit}`;
  return (
    <span className="measure">
      {mean}
      {halfWidth !== null && <span className="measure-half"> ± {halfWidth}</span>}
      {suffix}
    </span>
  );
}
