import { join } from "node:path";
import express, { type RequestHandler, Router } from "express";

/**
 * The built dashboard: files with a hash in their name may be kept for ever, the page itself is always asked for again.
 * Paths that a browser navigates to get the page, which does the routing.
 */
export function serveDashboard(directory: string): RequestHandler {
  const router = Router();
  router.use(
    "/assets",
    express.static(join(directory, "assets"), { immutable: true, maxAge: "1y", fallthrough: true }),
  );
  router.use(express.static(directory, { index: false, maxAge: 0 }));
  router.get(/^\/(?!api\/|assets\/).*/, (request, response, next) => {
    if (!request.accepts("html")) return next();
    response.sendFile(join(directory, "index.html"), { maxAge: 0 }, (error) => {
      if (error !== undefined && !response.headersSent) next();
    });
  });
  return router;
}
