import { z } from "zod";
import { problemSchema } from "./problem.ts";
import { type Route, routes } from "./routes.ts";

type JsonSchema = Record<string, unknown>;

function jsonSchema(schema: z.ZodType, io: "input" | "output"): JsonSchema {
  const { $schema: _, ...rest } = z.toJSONSchema(schema, { io, unrepresentable: "any" }) as JsonSchema;
  return rest;
}

function pathParameters(route: Route): JsonSchema[] {
  return [...route.path.matchAll(/\{(\w+)\}/g)].map(([, name]) => ({
    name,
    in: "path",
    required: true,
    schema: { type: "string" },
  }));
}

/** The parameters that an object of rules names; none is required. */
function optionalParameters(place: "query" | "header", rules: z.ZodObject | undefined): JsonSchema[] {
  if (rules === undefined) return [];
  const schema = jsonSchema(rules, "input") as { properties?: Record<string, JsonSchema> };
  return Object.entries(schema.properties ?? {}).map(([name, property]) => ({
    name,
    in: place,
    required: false,
    schema: property,
  }));
}

function requestBody(route: Route): JsonSchema {
  if (route.body === undefined) return {};
  const schema = jsonSchema(route.body, "input");
  return {
    requestBody: { required: true, content: { "application/json": { schema }, "application/yaml": { schema } } },
  };
}

/** Media types of a route's answer, each with the form of the body where there is one. */
function contentOf({ response, produces = { "application/json": response } }: Route): JsonSchema {
  return Object.fromEntries(
    Object.entries(produces).map(([type, body]) => [
      type,
      { schema: body === undefined ? {} : jsonSchema(body, "output") },
    ]),
  );
}

function operation(name: string, route: Route): JsonSchema {
  return {
    operationId: name,
    summary: route.summary,
    tags: [route.tag],
    parameters: [
      ...pathParameters(route),
      ...optionalParameters("query", route.query),
      ...optionalParameters("header", route.headers),
    ],
    ...requestBody(route),
    responses: {
      [route.status]: { description: "OK", content: contentOf(route) },
      default: {
        description: "Problem",
        content: { "application/problem+json": { schema: { $ref: "#/components/schemas/Problem" } } },
      },
    },
  };
}

/** The OpenAPI 3.1 document of the HTTP API, made from the route table. */
export function openApiDocument(version: string): JsonSchema {
  const paths: Record<string, JsonSchema> = {};
  for (const [name, route] of Object.entries<Route>(routes)) {
    paths[route.path] = { ...paths[route.path], [route.method]: operation(name, route) };
  }
  return {
    openapi: "3.1.0",
    info: { title: "smoothsweep", version, license: { name: "Apache-2.0", identifier: "Apache-2.0" } },
    paths,
    components: { schemas: { Problem: jsonSchema(problemSchema, "output") } },
  };
}
