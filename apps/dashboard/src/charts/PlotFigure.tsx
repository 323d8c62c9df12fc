import * as Plot from "@observablehq/plot";
import { type ReactNode, useEffect, useLayoutEffect, useRef, useState } from "react";
import { keepFocusedPoint, type PlotPoints, usePlotPoints } from "./plotPoints.ts";

/** Props of {@link PlotFigure}. */
export interface PlotFigureProps {
  /** What the chart shows, for screen readers. */
  label: string;
  /** Height in pixels at a given width. */
  height: number | ((width: number) => number);
  /** Keep its identity while it is the same: another object draws the chart anew. */
  options: Plot.PlotOptions;
  points?: PlotPoints;
  testId?: string;
  /** Laid over the chart. */
  children?: ReactNode;
}

/** The one place that draws with Observable Plot: fits the width, keeps points interactive and the focus in place. */
export function PlotFigure({ label, height, options, points, testId, children }: PlotFigureProps) {
  const frame = useRef<HTMLElement>(null);
  const canvas = useRef<HTMLDivElement>(null);
  const width = useWidth(frame);
  const isInteractive = points !== undefined;
  useLayoutEffect(() => {
    const container = canvas.current;
    if (container === null || width === 0) return;
    const pixels = typeof height === "number" ? height : height(width);
    const chart = Plot.plot({ ...options, width, height: pixels, style: { overflow: "visible", fontSize: "12px" } });
    chart.setAttribute("aria-hidden", String(!isInteractive));
    keepFocusedPoint(container);
    container.replaceChildren(chart);
  }, [options, width, height, isInteractive]);
  const handlers = usePlotPoints({ container: canvas, points, drawn: [options, width] });
  return (
    <figure className="plot" ref={frame} aria-label={label} data-testid={testId}>
      <div ref={canvas} {...handlers} />
      {children}
    </figure>
  );
}

function useWidth(element: React.RefObject<HTMLElement | null>): number {
  const [width, setWidth] = useState(0);
  useEffect(() => {
    const target = element.current;
    if (target === null) return;
    const observer = new ResizeObserver(([entry]) => setWidth(Math.floor(entry?.contentRect.width ?? 0)));
    observer.observe(target);
    return () => observer.disconnect();
  }, [element]);
  return width;
}
