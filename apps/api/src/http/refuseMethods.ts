import { AppError, type Route } from "@smoothsweep/contracts";
import type { RequestHandler } from "express";

/** The paths of a route table with the methods that each allows; whoever gets may also ask for the head. */
export function allowedMethods(routes: readonly Route[]): Map<string, string[]> {
  const allowed = new Map<string, Set<string>>();
  for (const { method, path } of routes) {
    const methods = allowed.get(path) ?? new Set();
    allowed.set(path, methods.add(method.toUpperCase()));
    if (method === "get") methods.add("HEAD");
  }
  return new Map([...allowed].map(([path, methods]) => [path, [...methods].sort()]));
}

/** Answers the methods that a known path does not have, and tells those that it has. */
export function refuseMethods(allowed: readonly string[]): RequestHandler {
  return (request, response) => {
    response.set("Allow", allowed.join(", "));
    if (request.method === "OPTIONS") {
      response.status(204).end();
      return;
    }
    throw new AppError("method_not_allowed", `${request.method} is not allowed here, only ${allowed.join(", ")}`);
  };
}
