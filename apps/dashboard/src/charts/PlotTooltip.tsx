import { type ReactNode, useLayoutEffect, useRef } from "react";

/** Props of {@link PlotTooltip}. */
export interface PlotTooltipProps {
  /** Id of the point it belongs to. */
  pointId: string;
  children: ReactNode;
}

const gapPixels = 14;

/** A note beside a point of the {@link PlotFigure} it is a child of; it stays within the figure. */
export function PlotTooltip({ pointId, children }: PlotTooltipProps) {
  const note = useRef<HTMLDivElement>(null);
  useLayoutEffect(() => {
    const [element, figure] = [note.current, note.current?.parentElement];
    const point = figure?.querySelector(`[data-point-id="${CSS.escape(pointId)}"]`);
    if (element == null || figure == null || point == null) return;
    const [bounds, at] = [figure.getBoundingClientRect(), point.getBoundingClientRect()];
    const x = at.left + at.width / 2 - bounds.left;
    const y = at.top + at.height / 2 - bounds.top;
    const fitsRight = x + gapPixels + element.offsetWidth <= bounds.width;
    const fitsLeft = x - gapPixels - element.offsetWidth >= 0;
    const left = fitsRight ? x + gapPixels : fitsLeft ? x - gapPixels - element.offsetWidth : 0;
    const below = fitsRight || fitsLeft ? y - element.offsetHeight / 3 : y + gapPixels;
    const top = Math.min(Math.max(0, below), Math.max(0, bounds.height - element.offsetHeight));
    element.style.transform = `translate(${Math.round(left)}px, ${Math.round(fitsRight || fitsLeft ? top : below)}px)`;
  });
  return (
    <div className="plot-tooltip" ref={note} role="status">
      {children}
    </div>
  );
}
