import { type KeyboardEvent, type PointerEvent, type RefObject, type SyntheticEvent, useLayoutEffect } from "react";

/** The elements of one mark as things that can be pointed at, focused and chosen. */
export interface PlotPoints {
  /** Class name of the mark. */
  markClass: string;
  /** Id of each datum of the mark, in its order. */
  ids: readonly string[];
  labelOf: (id: string) => string;
  testId: string;
  selectedId: string | undefined;
  hoveredId: string | undefined;
  onHover: (id: string | undefined) => void;
  onSelect: (id: string) => void;
}

const focusKey = "focusedPoint";

interface PointsOptions {
  container: RefObject<HTMLElement | null>;
  points: PlotPoints | undefined;
  /** Changes whenever the chart was drawn anew. */
  drawn: readonly unknown[];
}

/** Plot keeps the index of its datum on every element, as d3 does. */
type PlottedElement = SVGElement & { __data__?: number };

function pointElements(container: HTMLElement, markClass: string): PlottedElement[] {
  return [...container.querySelectorAll<PlottedElement>(`.${markClass} :is(path, circle)`)];
}

/** Names the points of a drawn chart, marks the selected one, and returns the container's event handlers. */
export function usePlotPoints({ container, points, drawn }: PointsOptions) {
  useLayoutEffect(() => {
    if (container.current === null || points === undefined) return;
    const focusedId = container.current.dataset[focusKey];
    delete container.current.dataset[focusKey];
    const elements = namePoints(container.current, points);
    if (focusedId === undefined) return;
    elements.find((element) => element.dataset["pointId"] === focusedId)?.focus({ preventScroll: true });
  }, [container, points, ...drawn]);
  if (points === undefined) return {};
  const { onHover, onSelect } = points;
  return {
    onPointerMove: (event: PointerEvent) => onHover(pointIdOf(event.target)),
    onPointerLeave: () => onHover(undefined),
    onFocus: (event: SyntheticEvent) => onHover(pointIdOf(event.target)),
    onBlur: () => onHover(undefined),
    onClick: (event: SyntheticEvent) => selectAt(event.target, onSelect),
    onKeyDown: (event: KeyboardEvent<HTMLElement>) => handleKey(event, points),
  };
}

/** Notes which point has the focus, before a chart is replaced by a new one; {@link usePlotPoints} gives it back. */
export function keepFocusedPoint(container: HTMLElement): void {
  const focused = container.contains(document.activeElement) ? pointIdOf(document.activeElement) : undefined;
  if (focused !== undefined) container.dataset[focusKey] = focused;
}

function namePoints(container: HTMLElement, points: PlotPoints): PlottedElement[] {
  const elements = pointElements(container, points.markClass);
  const current = points.selectedId ?? points.ids[0];
  for (const element of elements) {
    const id = points.ids[element.__data__ ?? -1];
    if (id === undefined) continue;
    element.dataset["pointId"] = id;
    element.dataset["testid"] = points.testId;
    element.setAttribute("role", "button");
    element.setAttribute("aria-label", points.labelOf(id));
    element.setAttribute("aria-pressed", String(id === points.selectedId));
    element.setAttribute("tabindex", id === current ? "0" : "-1");
    element.classList.toggle("is-hovered", id === points.hoveredId);
  }
  return elements;
}

/** Id of the point that an event's target is. */
function pointIdOf(target: unknown): string | undefined {
  return target instanceof SVGElement ? target.dataset["pointId"] : undefined;
}

function selectAt(target: EventTarget, onSelect: (id: string) => void): void {
  const id = pointIdOf(target);
  if (id !== undefined) onSelect(id);
}

const steps: Readonly<Record<string, number>> = { ArrowRight: 1, ArrowDown: 1, ArrowLeft: -1, ArrowUp: -1 };

/** Arrows go from point to point, Enter and Space choose. */
function handleKey(event: KeyboardEvent<HTMLElement>, points: PlotPoints): void {
  if (event.key === "Enter" || event.key === " ") {
    event.preventDefault();
    selectAt(event.target, points.onSelect);
    return;
  }
  const step = steps[event.key];
  if (step === undefined) return;
  const elements = pointElements(event.currentTarget, points.markClass);
  const index = elements.indexOf(event.target as PlottedElement);
  event.preventDefault();
  elements.at((index + step) % elements.length)?.focus();
}
