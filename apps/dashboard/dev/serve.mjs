/** Serves the dashboard over fixtures. See README.md beside this file. */
import { readFile } from "node:fs/promises";
import { createServer } from "node:http";
import { extname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { createServer as createViteServer } from "vite";

const root = fileURLToPath(new URL("..", import.meta.url));
const { values } = parseArgs({
  options: {
    port: { type: "string", default: "4480" },
    built: { type: "boolean", default: false },
    empty: { type: "boolean", default: false },
  },
});

const contentSecurityPolicy =
  "default-src 'self'; base-uri 'self'; form-action 'self'; frame-ancestors 'self'; img-src 'self' data:; " +
  "object-src 'none'; script-src 'self'; script-src-attr 'none'; style-src 'self' 'unsafe-inline'";

const mediaTypes = { ".js": "text/javascript", ".css": "text/css", ".svg": "image/svg+xml", ".html": "text/html" };

/** A file of the build, or the page for every other path, as the API does it. */
async function serveBuilt(request, response) {
  const { pathname } = new URL(request.url ?? "/", "http://fixture");
  const file = pathname.startsWith("/assets/") ? pathname : "/index.html";
  const body = await readFile(join(root, "dist", file)).catch(() => undefined);
  const type = mediaTypes[extname(file)] ?? "application/octet-stream";
  response.writeHead(body === undefined ? 404 : 200, {
    "content-type": `${type}; charset=utf-8`,
    "content-security-policy": contentSecurityPolicy,
  });
  response.end(body);
}

const server = createServer();
const vite = await createViteServer({
  root,
  appType: "spa",
  logLevel: "warn",
  server: { middlewareMode: true, ws: { server } },
});
const { createFixtureApi } = await vite.ssrLoadModule("/dev/fixtureApi.ts");
const api = createFixtureApi({ empty: values.empty });

server.on("request", (request, response) => {
  if (api(request, response)) return;
  if (values.built) void serveBuilt(request, response);
  else vite.middlewares(request, response);
});
server.listen(Number(values.port), "127.0.0.1", () => {
  process.stdout.write(`http://127.0.0.1:${values.port}\n`);
});
