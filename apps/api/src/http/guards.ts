import { createHash, timingSafeEqual } from "node:crypto";
import { AppError } from "@smoothsweep/contracts";
import type { RequestHandler } from "express";

const loopbackNames = /^(127\.0\.0\.1|localhost|\[::1\])(:\d+)?$/;

/**
 * Refuses requests that a browser makes for another site: an Origin that is not our own, and, on loopback without a key,
 * a Host that is no loopback name (DNS rebinding).
 */
export function refuseForeignSites(options: { isOpenLoopback: boolean }): RequestHandler {
  return (request, _response, next) => {
    const host = request.headers.host ?? "";
    const { origin } = request.headers;
    if (options.isOpenLoopback && !loopbackNames.test(host)) {
      throw new AppError("forbidden_origin", `the Host header must be a loopback name, got ${JSON.stringify(host)}`);
    }
    if (origin !== undefined && !isSameHost(origin, host)) {
      throw new AppError("forbidden_origin", `requests of ${origin} are not allowed here`);
    }
    next();
  };
}

function isSameHost(origin: string, host: string): boolean {
  return URL.canParse(origin) && new URL(origin).host === host;
}

/** Asks for the API key, when there is one. Compared by digest, in constant time. */
export function requireApiKey(apiKey: string | undefined): RequestHandler {
  if (apiKey === undefined) return (_request, _response, next) => next();
  const wanted = digest(apiKey);
  return (request, response, next) => {
    const given = /^Bearer (.+)$/.exec(request.headers.authorization ?? "")?.[1];
    if (given === undefined || !timingSafeEqual(digest(given), wanted)) {
      response.set("WWW-Authenticate", "Bearer");
      throw new AppError("unauthorized", "the API key is missing or wrong", {
        fix: `Send the header "Authorization: Bearer YOUR_KEY".`,
      });
    }
    next();
  };
}

function digest(text: string): Buffer {
  return createHash("sha256").update(text).digest();
}
