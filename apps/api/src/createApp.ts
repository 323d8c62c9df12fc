import { randomUUID } from "node:crypto";
import { type Route, type RouteName, routes } from "@smoothsweep/contracts";
import type { Logger } from "@smoothsweep/runtime";
import type { EventFeed, SweepControl, SweepExporter, WorkerRegistry } from "@smoothsweep/sweeps";
import express, { type Express, type RequestHandler } from "express";
import helmet from "helmet";
import { pinoHttp } from "pino-http";
import { streamEvents } from "./http/eventStream.ts";
import { streamExport } from "./http/exportStream.ts";
import { refuseForeignSites, requireApiKey } from "./http/guards.ts";
import { toExpress } from "./http/handler.ts";
import { bodyTypes } from "./http/parseBody.ts";
import { allowedMethods, refuseMethods } from "./http/refuseMethods.ts";
import { refuseUnknownPath, sendErrors } from "./http/sendErrors.ts";
import { serveDashboard } from "./http/serveDashboard.ts";
import { type Check, getHealth, getOpenApi } from "./routes/serviceRoutes.ts";
import { getSweep, listCells, listSweeps, type SweepDependencies, submitSweep } from "./routes/sweepRoutes.ts";
import { getTrial, listTrials } from "./routes/trialRoutes.ts";
import { applyVerb, deleteSweep, extendSweep, previewDeletion, previewExtension } from "./routes/verbRoutes.ts";
import { drainWorker, listWorkers } from "./routes/workerRoutes.ts";

export interface AppDependencies extends SweepDependencies {
  feed: EventFeed;
  control: SweepControl;
  registry: WorkerRegistry;
  exporter: SweepExporter;
  checks: Readonly<Record<string, Check>>;
  logger: Logger;
  version: string;
  apiKey: string | undefined;
  /** Served on loopback without a key: then the Host header must be a loopback name. */
  isOpenLoopback: boolean;
  /** The built dashboard. */
  dashboardDirectory: string;
  closing: AbortSignal;
}

/** The HTTP application; it never listens. */
export function createApp(dependencies: AppDependencies): Express {
  const { logger, apiKey, isOpenLoopback, dashboardDirectory } = dependencies;
  const app = express();
  app.disable("x-powered-by");
  app.use(requestLog(logger));
  app.use(helmet({ contentSecurityPolicy: { directives: contentSecurityPolicy }, strictTransportSecurity: false }));
  app.use(refuseForeignSites({ isOpenLoopback }));
  app.use("/api", requireApiKey(apiKey));
  app.use(express.text({ type: bodyTypes, limit: "1mb" }));
  for (const [name, handler] of Object.entries(handlers(dependencies)) as [RouteName, RequestHandler][]) {
    const { method, path } = routes[name];
    app[method](expressPath(path), handler);
  }
  for (const [path, methods] of allowedMethods(Object.values<Route>(routes))) {
    app.all(expressPath(path), refuseMethods(methods));
  }
  app.use(serveDashboard(dashboardDirectory));
  app.use(refuseUnknownPath);
  app.use(sendErrors(logger));
  return app;
}

/** `/api/v1/sweeps/{sweepId}` as Express writes it. */
function expressPath(path: string): string {
  return path.replace(/\{(\w+)\}/g, ":$1");
}

/** One handler for each row of the route table: a missing one does not compile. */
function handlers(dependencies: AppDependencies): Record<RouteName, RequestHandler> {
  const { store, control, registry, version, checks } = dependencies;
  const verb = (name: Parameters<typeof applyVerb>[1]) => toExpress("pauseSweep", applyVerb(control, name));
  return {
    submitSweep: toExpress("submitSweep", submitSweep(dependencies)),
    listSweeps: toExpress("listSweeps", listSweeps(dependencies)),
    getSweep: toExpress("getSweep", getSweep(dependencies)),
    listCells: toExpress("listCells", listCells(dependencies)),
    pauseSweep: verb("pause"),
    resumeSweep: verb("resume"),
    stopSweep: verb("stop"),
    cancelSweep: verb("cancel"),
    retrySweep: verb("retry"),
    archiveSweep: verb("archive"),
    unarchiveSweep: verb("unarchive"),
    extendSweep: toExpress("extendSweep", extendSweep(control)),
    previewExtension: toExpress("previewExtension", previewExtension(control)),
    previewDeletion: toExpress("previewDeletion", previewDeletion(control)),
    deleteSweep: toExpress("deleteSweep", deleteSweep(control)),
    listWorkers: toExpress("listWorkers", listWorkers(registry)),
    drainWorker: toExpress("drainWorker", drainWorker(registry)),
    listTrials: toExpress("listTrials", listTrials(store)),
    getTrial: toExpress("getTrial", getTrial(store)),
    streamEvents: streamEvents(dependencies),
    exportSweep: streamExport(dependencies),
    getHealth: toExpress("getHealth", getHealth(version, checks)),
    getOpenApi: toExpress("getOpenApi", getOpenApi(version)),
  };
}

/** Only our own scripts run; inline styles are what charts are drawn with. Plain http on loopback is not upgraded. */
const contentSecurityPolicy = {
  defaultSrc: ["'self'"],
  styleSrc: ["'self'", "'unsafe-inline'"],
  imgSrc: ["'self'", "data:"],
  upgradeInsecureRequests: null,
};

/** One line a request, at its end. */
function requestLog(logger: Logger): RequestHandler {
  return pinoHttp({
    logger,
    genReqId: () => `req_${randomUUID()}`,
    customLogLevel: (_request, response) => (response.statusCode >= 500 ? "error" : "debug"),
    serializers: { req: ({ id, method, url }) => ({ id, method, url }), res: ({ statusCode }) => ({ statusCode }) },
  }) as RequestHandler;
}
