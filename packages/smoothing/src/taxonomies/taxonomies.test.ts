import fc from "fast-check";
import { describe, expect, test } from "vitest";
import { hierarchicalRows } from "../mixing/hierarchicalRows.ts";
import { levelMixtureRows } from "../mixing/levelMixtureRows.ts";
import type { Taxonomy, TaxonomyNode } from "./taxonomy.ts";
import { taxonomyDistances } from "./taxonomyDistances.ts";
import { taxonomyLeaves } from "./taxonomyLeaves.ts";

const { tree } = fc.letrec<{ node: TaxonomyNode; tree: Taxonomy }>((tie) => ({
  tree: fc.record({
    name: fc.constant("n"),
    children: fc.array(tie("node"), { minLength: 1, maxLength: 4, depthIdentifier: "tree" }),
  }),
  node: fc.oneof({ depthIdentifier: "tree", depthSize: "small" }, fc.constant("leaf"), tie("tree")),
}));
const taxonomy = tree.map((root) => ({ name: "root", children: [root, "last"] }));

/** The textbook way: all ancestors of both leaves, highest common one by its height. */
function slowDistances(root: Taxonomy): number[][] {
  const paths: Taxonomy[][] = [];
  const walk = (node: TaxonomyNode, path: Taxonomy[]): void => {
    if (typeof node === "string") paths.push(path);
    else for (const child of node.children) walk(child, [...path, node]);
  };
  walk(root, []);
  const height = (node: TaxonomyNode): number =>
    typeof node === "string" ? 0 : 1 + Math.max(...node.children.map(height));
  return paths.map((own, y) =>
    paths.map((other, k) => {
      if (k === y) return 0;
      const shared = own.filter((node, depth) => other[depth] === node);
      return height(shared.at(-1)!) / height(root);
    }),
  );
}

describe("taxonomyDistances", () => {
  test("agree with the textbook definition on any tree", () => {
    fc.assert(
      fc.property(taxonomy, (root) => {
        const fresh = structuredClone(root);
        expect(taxonomyDistances(fresh).map((row) => Array.from(row))).toEqual(slowDistances(fresh));
      }),
    );
  });

  test("are symmetric, 0 on the diagonal only, and ultrametric", () => {
    fc.assert(
      fc.property(taxonomy, (root) => {
        const d = taxonomyDistances(root);
        for (let i = 0; i < d.length; i++) {
          for (let j = 0; j < d.length; j++) {
            expect(d[i]![j]).toBe(d[j]![i]);
            expect(d[i]![j] === 0).toBe(i === j);
            for (let k = 0; k < d.length; k++) expect(d[i]![j]!).toBeLessThanOrEqual(Math.max(d[i]![k]!, d[k]![j]!));
          }
        }
      }),
      { numRuns: 50 },
    );
  });

  test("a chain 50,000 deep is no problem", () => {
    let chain: Taxonomy = { name: "bottom", children: ["a", "b"] };
    for (let depth = 0; depth < 50_000; depth++) chain = { name: `n${depth}`, children: [chain] };
    const root = { name: "root", children: [chain, "c"] };
    expect(taxonomyLeaves(root)).toEqual(["a", "b", "c"]);
    expect(Array.from(taxonomyDistances(root)[0]!)).toEqual([0, 1 / 50_002, 1]);
    expect(levelMixtureRows(root, { levelWeights: [1] })[2]).toEqual([1 / 3, 1 / 3, 1 / 3]);
  });

  test("a tree without two leaves, an empty inner node and a node that is none are refused", () => {
    const refused = expect.objectContaining({ name: "ArgumentError", code: "invalid_taxonomy" });
    expect(() => taxonomyLeaves({ name: "root", children: ["only"] })).toThrow(refused);
    expect(() => taxonomyLeaves({ name: "root", children: ["a", { name: "empty", children: [] }] })).toThrow(refused);
    expect(() => taxonomyLeaves({ name: "root", children: ["a", null as unknown as string] })).toThrow(refused);
  });
});

describe("hierarchicalRows", () => {
  test("are uniform at beta 0, one-hot at large beta, and distributions between", () => {
    fc.assert(
      fc.property(taxonomy, fc.double({ min: 0, max: 100, noNaN: true }), (root, beta) => {
        for (const [y, row] of hierarchicalRows(root, beta).entries()) {
          expect(Math.abs(row.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-13);
          expect(Math.max(...row)).toBe(row[y]);
        }
        for (const row of hierarchicalRows(root, 0))
          for (const mass of row) expect(mass).toBeCloseTo(1 / row.length, 14);
        for (const [y, row] of hierarchicalRows(root, 1e6).entries()) expect(row[y]).toBeCloseTo(1, 14);
      }),
    );
  });

  test("a negative or infinite beta is refused", () => {
    const root = { name: "root", children: ["a", "b"] };
    expect(() => hierarchicalRows(root, -1)).toThrow(expect.objectContaining({ code: "out_of_range" }));
    expect(() => hierarchicalRows(root, Number.POSITIVE_INFINITY)).toThrow(
      expect.objectContaining({ code: "not_finite" }),
    );
  });
});

describe("levelMixtureRows", () => {
  test("rows sum to 1; without itself a class gives all away unless it is alone", () => {
    fc.assert(
      fc.property(taxonomy, fc.boolean(), (root, includeSelf) => {
        for (const row of levelMixtureRows(root, { levelWeights: [0.5, 0.3, 0.2], includeSelf })) {
          expect(Math.abs(row.reduce((a, b) => a + b) - 1)).toBeLessThan(1e-13);
        }
      }),
    );
    const lonely = { name: "root", children: [{ name: "alone", children: ["a"] }, "b"] };
    expect(levelMixtureRows(lonely, { levelWeights: [1], includeSelf: false })[0]).toEqual([1, 0]);
  });

  test("level weights that do not sum to 1 are refused", () => {
    const root = { name: "root", children: ["a", "b"] };
    const refused = expect.objectContaining({ code: "invalid_mixing" });
    expect(() => levelMixtureRows(root, { levelWeights: [0.5, 0.3] })).toThrow(refused);
    expect(() => levelMixtureRows(root, { levelWeights: [1.5, -0.5] })).toThrow(refused);
  });
});
