import { renderToStaticMarkup } from "react-dom/server";
import { describe, expect, test } from "vitest";
import { symbolsOf } from "../../charts/conventionSymbols.ts";
import { epsilonColors } from "../../charts/epsilonColors.ts";
import { cellOf } from "../../testing/cellFixtures.ts";
import { CellsTable } from "./CellsTable.tsx";
import { cellRows } from "./model/cellRows.ts";
import type { SweepSearch } from "./sweepSearch.ts";

const rows = cellRows([
  cellOf({ id: "a", epsilon: 0, accuracy: 0.9412 }),
  cellOf({ id: "b", epsilon: 0, convention: "off-target", representativeId: "a", accuracy: 0.9412 }),
  cellOf({ id: "c", epsilon: 0.1 }),
]);

const encoding = {
  colors: epsilonColors([0, 0.1], "light"),
  symbols: symbolsOf(["uniform", "off-target"]),
  strategies: ["none"],
};

function render(search: SweepSearch): string {
  const ignore = () => undefined;
  return renderToStaticMarkup(
    <CellsTable rows={rows} encoding={encoding} search={search} onSearch={ignore} onSelect={ignore} />,
  );
}

describe("CellsTable", () => {
  test("writes mean and half-width of the interval in percent", () => {
    expect(render({})).toContain('94.1<span class="measure-half"> ± 2.0</span>');
  });

  test("shows an equivalent as the cell it equals", () => {
    expect(render({})).toContain("= cell 1");
  });

  test("marks the selected row and the sorted column", () => {
    const markup = render({ cell: "c", sort: "accuracy" });
    expect(markup).toMatch(/data-cell-id="c" data-selected="true"/);
    expect(markup).toMatch(/aria-sort="descending"[^>]*><button[^>]*>accuracy, %/);
  });
});
