import { describe, expect, it } from "vitest";
import { openApiDocument } from "./openApiDocument.ts";
import { type Route, routes } from "./routes.ts";

interface Operation {
  operationId: string;
  summary: string;
  tags: string[];
  parameters: { name: string; in: string; required: boolean; schema: Record<string, unknown> }[];
  requestBody?: { content: Record<string, { schema: Record<string, unknown> }> };
  responses: Record<string, { description: string; content: Record<string, { schema: Record<string, unknown> }> }>;
}

const document = openApiDocument("1.2.3") as {
  openapi: string;
  info: { title: string; version: string };
  paths: Record<string, Record<string, Operation>>;
};
const table = Object.entries<Route>(routes);

/** Every value of a key, however deep it lies. */
function valuesOf(key: string, within: unknown): unknown[] {
  if (typeof within !== "object" || within === null) return [];
  return Object.entries(within).flatMap(([name, value]) => [...(name === key ? [value] : []), ...valuesOf(key, value)]);
}

/** What a JSON pointer of this document, `#/a/b`, points at. */
function resolve(pointer: string): unknown {
  const parts = pointer.slice(2).split("/");
  return parts.reduce<unknown>((value, part) => (value as Record<string, unknown> | undefined)?.[part], document);
}

describe("openApiDocument", () => {
  it("is an OpenAPI 3.1 document of the given version, and plain JSON", () => {
    expect(document).toMatchObject({ openapi: "3.1.0", info: { title: "smoothsweep", version: "1.2.3" } });
    expect(JSON.parse(JSON.stringify(document))).toEqual(document);
  });

  it.each(table)("has the route %s with its answer and the problem", (name, route) => {
    const operation = document.paths[route.path]?.[route.method];
    expect(operation).toMatchObject({ operationId: name, summary: route.summary, tags: [route.tag] });
    const answer = operation?.responses[route.status];
    expect(Object.keys(answer?.content ?? {})).toEqual(Object.keys(route.produces ?? { "application/json": {} }));
    expect(Object.keys(operation?.responses["default"]?.content ?? {})).toEqual(["application/problem+json"]);
  });

  it("has no route that the table lacks, and no operation id twice", () => {
    const operations = Object.values(document.paths).flatMap((path) => Object.values(path));
    expect(operations.map(({ operationId }) => operationId).toSorted()).toEqual(table.map(([name]) => name).toSorted());
  });

  it.each(table)("declares every parameter of the path and the query of %s", (_name, route) => {
    const declared = document.paths[route.path]?.[route.method]?.parameters ?? [];
    const inPath = [...route.path.matchAll(/\{(\w+)\}/g)].map(([, parameter]) => parameter);
    const placed = (place: string) => declared.filter((one) => one.in === place).map(({ name }) => name);
    expect(placed("path")).toEqual(inPath);
    expect(placed("query")).toEqual(Object.keys(route.query?.shape ?? {}));
    for (const parameter of declared) expect(parameter.required).toBe(parameter.in === "path");
    for (const { schema } of declared) expect(schema["type"]).toMatch(/^(string|integer)$/);
  });

  it("points only at what is there", () => {
    const pointers = valuesOf("$ref", document) as string[];
    expect(pointers).toContain("#/components/schemas/Problem");
    for (const pointer of pointers) {
      expect(pointer).toMatch(/^#\//);
      expect(resolve(pointer), pointer).toBeTypeOf("object");
    }
  });

  it("asks of a submitted sweep only what has no default, in JSON as in YAML", () => {
    const content = document.paths["/api/v1/sweeps"]?.["post"]?.requestBody?.content ?? {};
    expect(Object.keys(content)).toEqual(["application/json", "application/yaml"]);
    for (const { schema } of Object.values(content)) expect(schema["required"]).toEqual(["name", "data", "seeds"]);
  });
});
